import type { ValidationEvent } from '../../shared/training/events.js'
import { afterValidation } from '../../shared/training/schedules.js'
import { breathe, measure } from './measure.js'
import { refuseNotFinite } from './not-finite.js'
import { paceMeter } from './pace.js'
import type { Plan, Progress } from './plan.js'
import { updater } from './update.js'

/**
 * Updates and epochs until all are made or it is asked to stop. Update k is a function of the state, the seed, the progress and k:
 * nothing else is remembered. `run/not-finite` as soon as a loss is no number; what was kept before that stays.
 */
export async function loop(plan: Plan, progress: Progress): Promise<'finished' | 'stopped'> {
  const { settings, steps, stepsPerEpoch } = plan
  const update = updater(plan, paceMeter())
  const first = progress.step + 1
  for (;;) {
    const { step } = progress
    const border = step >= steps || (step > 0 && step % stepsPerEpoch === 0)
    if (step >= steps && progress.closed === step) return 'finished'
    await breathe()
    if (plan.stopped()) {
      await plan.keep(step)
      return 'stopped'
    }
    if (border && progress.closed < step) {
      await closeEpoch(plan, progress)
      continue
    }
    takeWishes(plan, progress)
    await update(progress)
    progress.step++
    if (progress.step === first) plan.tellMemory(first)
    if (settings.checkpointEvery > 0 && progress.step % settings.checkpointEvery === 0)
      await plan.checkpoint(progress.step)
  }
}

/** A new wish stands above those of an earlier part of the run that come later. */
function takeWishes(plan: Plan, progress: Progress): void {
  const { step } = progress
  const weights = plan.wished()
  const planned = plan.wishes.find((wish) => wish.step === step)
  if (!weights && !planned) return
  progress.headWeights = { ...progress.headWeights, ...planned?.weights, ...weights }
  plan.emit({ type: 'head-weights', step, weights: progress.headWeights })
}

/** Measure the validation part and keep what the epoch made; nothing if it was asked to stop meanwhile. */
async function closeEpoch(plan: Plan, progress: Progress): Promise<void> {
  const validation = await validate(plan, progress)
  if (!validation && plan.stopped()) return
  await plan.keep(progress.step, validation)
  // Told last: who sees it may count on the weights being on the disk.
  if (validation) plan.emit(validation)
  plan.tellMemory(progress.step)
  progress.closed = progress.step
  if (validation) progress.plateau = afterValidation(progress.plateau, validation.loss, plan.settings.decayEvery)
}

/** The validation part measured; missing if there is none or it was asked to stop. */
async function validate(plan: Plan, { step, headWeights }: Progress): Promise<ValidationEvent | undefined> {
  const { dataset, executor, settings, stepsPerEpoch, stopped } = plan
  if (dataset.validation.count === 0) return undefined
  // A part of a batch is what the device has room for.
  const batch = Math.ceil(settings.batch / settings.microBatches)
  const options = { shape: dataset.shape, batch, headWeights, stopped }
  const measured = await measure(executor, dataset.validation, options)
  if (!measured) return undefined
  const event: ValidationEvent = { type: 'validation', step, epoch: Math.ceil(step / stepsPerEpoch), ...measured }
  refuseNotFinite(event, `of the validation after step ${step}`, settings.learningRate)
  return event
}
