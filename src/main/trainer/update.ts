import type { HeadMetrics, StepEvent } from '../../shared/training/events.js'
import { batchOf, epochOrder, loadBatch, type Batch } from '../data/pipeline.js'
import type { StepResult } from '../engine/executor.js'
import { checkFinite, type Plan } from './loop.js'

/** One update: `step` were made before. */
export type Update = (step: number, headWeights: Readonly<Record<string, number>>) => Promise<StepEvent>

/** Makes updates of a plan in any order; what does not change within an epoch is kept between them. */
export function updater(plan: Plan, pace: (images: number) => number): Update {
  const { settings, executor, stepsPerEpoch } = plan
  const { learningRate, seed } = settings
  const load = batchLoader(plan)
  return async (step, headWeights) => {
    const batch = await load(step)
    const result = await executor.run('train', { ...batch, learningRate, step, seed, headWeights })
    const event: StepEvent = {
      type: 'step',
      step: step + 1,
      epoch: Math.floor(step / stepsPerEpoch) + 1,
      ...metricsOf(result, batch),
      learningRate,
      imagesPerSecond: pace(batch.labels.length),
    }
    checkFinite(event, `of step ${event.step}`, learningRate)
    return event
  }
}

/** The images of update `step`, a function of the seed and it. */
function batchLoader({ settings, dataset, stepsPerEpoch }: Plan): (step: number) => Promise<Batch> {
  const { seed, shuffle, augment, batch } = settings
  let known: { readonly epoch: number; readonly order: Int32Array } | undefined
  return (step) => {
    const epoch = Math.floor(step / stepsPerEpoch)
    if (known?.epoch !== epoch) known = { epoch, order: epochOrder(seed, epoch, dataset.train.count, shuffle) }
    const indices = batchOf(known.order, batch, step - epoch * stepsPerEpoch)
    return loadBatch(dataset.train, indices, dataset.shape, augment ? { seed, epoch } : undefined)
  }
}

function metricsOf(result: StepResult, { labels }: Batch): Pick<StepEvent, 'loss' | 'heads'> {
  const heads = Object.entries(result.heads).map(([id, { loss = NaN, correct = NaN }]): [string, HeadMetrics] => [
    id,
    { loss, accuracy: correct / labels.length },
  ])
  return { loss: result.loss ?? NaN, heads: Object.fromEntries(heads) }
}
