import { AppError } from '../../shared/errors.js'
import type { HeadMetrics, StepEvent, TrainingEvent, ValidationEvent } from '../../shared/training/events.js'
import type { TrainingSettings } from '../../shared/training/settings.js'
import type { Dataset } from '../data/dataset.js'
import { batchOf, epochOrder, loadBatch, type Batch } from '../data/pipeline.js'
import type { Executor, StepResult } from '../engine/executor.js'
import { breathe, measure } from './measure.js'
import { paceMeter } from './pace.js'

/** Everything the loop needs; it knows nothing of files and processes. */
export interface Plan {
  readonly settings: TrainingSettings
  readonly dataset: Dataset
  readonly executor: Executor
  /** Updates to make. */
  readonly steps: number
  readonly stepsPerEpoch: number
  readonly headWeights: Readonly<Record<string, number>>
  emit(event: TrainingEvent): void
  stopped(): boolean
  /** Called after each epoch and at the end with the number of updates made. */
  keep(step: number, validation?: ValidationEvent): Promise<void>
}

/** Updates made, for whoever has to tell how far it came when the loop fails. */
export interface Progress {
  step: number
}

/**
 * Epochs of steps until all are made or it is asked to stop. Step k is a function of the state, the seed and k: nothing else
 * is remembered. `run/not-finite` as soon as a loss is no number; the weights kept before that stay.
 */
export async function loop(plan: Plan, progress: Progress): Promise<'finished' | 'stopped'> {
  const { settings, dataset, stepsPerEpoch, steps } = plan
  const pace = paceMeter()
  while (progress.step < steps) {
    const epoch = Math.floor(progress.step / stepsPerEpoch)
    const order = epochOrder(settings.seed, epoch, dataset.train.count, settings.shuffle)
    const end = Math.min(steps, (epoch + 1) * stepsPerEpoch)
    while (progress.step < end) {
      await breathe()
      if (plan.stopped()) break
      await oneStep(plan, progress, order, epoch, pace)
    }
    const validation = plan.stopped() ? undefined : await validate(plan, progress.step, epoch)
    await plan.keep(progress.step, validation)
    // Told last: who sees it may count on the weights being on the disk.
    if (validation) plan.emit(validation)
    if (plan.stopped() && progress.step < steps) return 'stopped'
  }
  return 'finished'
}

async function oneStep(
  plan: Plan,
  progress: Progress,
  order: Int32Array,
  epoch: number,
  pace: (images: number) => number,
) {
  const { settings, dataset, executor, stepsPerEpoch, headWeights } = plan
  const { learningRate, seed, batch, augment } = settings
  const indices = batchOf(order, batch, progress.step - epoch * stepsPerEpoch)
  const loaded = await loadBatch(dataset.train, indices, dataset.shape, augment ? { seed, epoch } : undefined)
  const result = await executor.run('train', { ...loaded, learningRate, step: progress.step, seed, headWeights })
  const event: StepEvent = {
    type: 'step',
    step: progress.step + 1,
    epoch: epoch + 1,
    ...metricsOf(result, loaded),
    learningRate,
    imagesPerSecond: pace(indices.length),
  }
  checkFinite(event, `of step ${event.step}`, learningRate)
  progress.step++
  plan.emit(event)
}

function metricsOf(result: StepResult, { labels }: Batch): Pick<StepEvent, 'loss' | 'heads'> {
  const heads = Object.entries(result.heads).map(([id, { loss = NaN, correct = NaN }]): [string, HeadMetrics] => [
    id,
    { loss, accuracy: correct / labels.length },
  ])
  return { loss: result.loss ?? NaN, heads: Object.fromEntries(heads) }
}

/** The validation part measured; missing if there is none or it was asked to stop. */
async function validate(plan: Plan, step: number, epoch: number): Promise<ValidationEvent | undefined> {
  const { dataset, executor, settings, headWeights, stopped } = plan
  if (dataset.validation.count === 0) return undefined
  const options = { shape: dataset.shape, batch: settings.batch, headWeights, stopped }
  const measured = await measure(executor, dataset.validation, options)
  if (!measured) return undefined
  const event: ValidationEvent = { type: 'validation', step, epoch: epoch + 1, ...measured }
  checkFinite(event, `of the validation after step ${step}`, settings.learningRate)
  return event
}

/** Once a loss is no number all weights become none: going on would only waste time. */
function checkFinite(event: StepEvent | ValidationEvent, where: string, learningRate: number): void {
  const bad = Object.entries(event.heads).find(([, { loss }]) => !Number.isFinite(loss))
  if (!bad && Number.isFinite(event.loss)) return
  const [what, value] = bad ? [`The loss of head "${bad[0]}"`, bad[1].loss] : ['The loss', event.loss]
  throw new AppError(
    'run/not-finite',
    `${what} ${where} is ${value}, at learning rate ${learningRate}.`,
    `Try a lower learning rate, ${Number((learningRate / 10).toPrecision(2))} for instance; check that the data has no NaN.`,
  )
}
