import { firstBad, probeReport } from '../../shared/program/probe-report.js'
import type { HeadMetrics, ProbeEvent, StepEvent } from '../../shared/training/events.js'
import { rateAt } from '../../shared/training/schedules.js'
import { batchOf, epochOrder, loadBatch, type Batch } from '../data/pipeline.js'
import type { Feeds, StepResult } from '../engine/executor.js'
import { isFiniteLoss, refuseNotFinite } from './not-finite.js'
import type { Plan, Progress } from './plan.js'

/**
 * Makes updates of a plan, in any order, and tells them: the next of a progress, with a look before it where one is due.
 * `run/not-finite` names the first node of the net that is to blame.
 */
export function updater(plan: Plan, pace: (images: number) => number): (progress: Progress) => Promise<void> {
  const { settings, stepsPerEpoch, steps } = plan
  const { seed, probeEvery } = settings
  const load = batchLoader(plan)
  return async ({ step, headWeights, plateau }) => {
    const learningRate = rateAt(settings, { step, steps, stepsPerEpoch, plateau })
    const batch = await load(step)
    const parts = partsOf(batch, settings.microBatches).map((part) => ({
      ...part,
      learningRate,
      step,
      seed,
      headWeights,
    }))
    if (probeEvery > 0 && step % probeEvery === 0) plan.emit(await look(plan, parts[0] as Feeds, step))
    const running = run(plan, parts)
    // Read while the step is computed; what goes wrong is told by the step that needs it.
    if (step + 1 < steps) load(step + 1).catch(() => undefined)
    const event: StepEvent = {
      type: 'step',
      step: step + 1,
      epoch: Math.floor(step / stepsPerEpoch) + 1,
      ...(await running),
      learningRate,
      imagesPerSecond: pace(batch.labels.length),
    }
    refuseNotFinite(event, `of step ${event.step}`, learningRate)
    plan.emit(event)
  }
}

/** All parts of a batch; the update comes with the last. */
async function run(plan: Plan, parts: readonly Feeds[]): Promise<Pick<StepEvent, 'loss' | 'heads'>> {
  const results: Pick<StepEvent, 'loss' | 'heads'>[] = []
  for (const [i, feeds] of parts.entries()) {
    const result = await plan.executor.run(i < parts.length - 1 ? 'accumulate' : 'train', feeds)
    const metrics = metricsOf(result, feeds.labels?.length ?? 0)
    if (!isFiniteLoss(metrics)) await blame(plan, feeds, metrics)
    results.push(metrics)
  }
  return meanOf(results)
}

/** The state is as before the step: a look at it shows where numbers stop being finite. Always throws. */
async function blame(plan: Plan, feeds: Feeds, metrics: Pick<StepEvent, 'loss' | 'heads'>): Promise<void> {
  const { step = 0, learningRate = 0 } = feeds
  const event: StepEvent = { type: 'step', step: step + 1, epoch: 0, ...metrics, learningRate, imagesPerSecond: 0 }
  // Looking takes more memory than the step: where it cannot be done, the error goes without a name.
  const seen = await look(plan, feeds, step).catch(() => undefined)
  if (seen) plan.emit(seen)
  refuseNotFinite(event, `of step ${event.step}`, learningRate, seen && firstBad(seen, plan.analysis))
}

/** What the next update would do, seen on these images. */
export async function look(
  { executor, analysis, stepsPerEpoch }: Pick<Plan, 'executor' | 'analysis' | 'stepsPerEpoch'>,
  feeds: Feeds,
  step: number,
): Promise<ProbeEvent> {
  const { probe = {} } = await executor.run('probe', feeds)
  return { type: 'probe', step, epoch: Math.floor(step / stepsPerEpoch) + 1, ...probeReport(analysis, probe) }
}

/**
 * The images of update `step`, a function of the seed and it; what does not change within an epoch is kept, and so is the batch
 * that was asked for last, which may be the next one.
 */
export function batchLoader({
  settings,
  dataset,
  stepsPerEpoch,
}: Pick<Plan, 'settings' | 'dataset' | 'stepsPerEpoch'>) {
  const { seed, shuffle, augment, batch } = settings
  let known: { readonly epoch: number; readonly order: Int32Array } | undefined
  let latest: { readonly step: number; readonly batch: Promise<Batch> } | undefined
  const load = (step: number): Promise<Batch> => {
    const epoch = Math.floor(step / stepsPerEpoch)
    if (known?.epoch !== epoch) known = { epoch, order: epochOrder(seed, epoch, dataset.train.count, shuffle) }
    const indices = batchOf(known.order, batch, step - epoch * stepsPerEpoch)
    return loadBatch(dataset.train, indices, dataset.shape, augment ? { seed, epoch } : undefined)
  }
  return (step: number): Promise<Batch> => {
    if (latest?.step !== step) latest = { step, batch: load(step) }
    return latest.batch
  }
}

/** A batch in so many parts of equal size. */
export function partsOf({ images, labels }: Batch, count: number): readonly (Batch & { readonly part: number })[] {
  const [pixels, each] = [images.length / count, labels.length / count]
  return Array.from({ length: count }, (_, part) => ({
    images: images.subarray(part * pixels, (part + 1) * pixels),
    labels: labels.subarray(part * each, (part + 1) * each),
    part,
  }))
}

function metricsOf(result: StepResult, images: number): Pick<StepEvent, 'loss' | 'heads'> {
  const heads = Object.entries(result.heads).map(
    ([id, { loss = NaN, correct = NaN, error }]): [string, HeadMetrics] => [
      id,
      { loss, accuracy: correct / images, ...(error !== undefined && { error }) },
    ],
  )
  return { loss: result.loss ?? NaN, heads: Object.fromEntries(heads) }
}

/** Of parts of equal size. */
function meanOf(results: readonly Pick<StepEvent, 'loss' | 'heads'>[]): Pick<StepEvent, 'loss' | 'heads'> {
  const [first] = results
  if (!first || results.length === 1) return first ?? { loss: NaN, heads: {} }
  const mean = (value: (result: Pick<StepEvent, 'loss' | 'heads'>) => number) =>
    results.reduce((sum, result) => sum + value(result), 0) / results.length
  const heads = Object.entries(first.heads).map(([id, { error }]): [string, HeadMetrics] => {
    const of = (name: keyof HeadMetrics) => mean(({ heads }) => heads[id]?.[name] ?? NaN)
    return [id, { loss: of('loss'), accuracy: of('accuracy'), ...(error !== undefined && { error: of('error') }) }]
  })
  return { loss: mean(({ loss }) => loss), heads: Object.fromEntries(heads) }
}
