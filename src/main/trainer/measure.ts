import type { HeadMetrics } from '../../shared/training/events.js'
import type { ImageShape, Part } from '../data/dataset.js'
import { evaluationBatches, loadBatch } from '../data/pipeline.js'
import type { Executor } from '../engine/executor.js'

export interface Measured {
  /** Weighted sum over heads, mean over the images. */
  readonly loss: number
  readonly heads: Readonly<Record<string, HeadMetrics>>
}

/** Over all images of a part. */
interface Sum {
  loss: number
  correct: number
  error?: number
}

export interface MeasureOptions {
  readonly shape: ImageShape
  readonly batch: number
  readonly headWeights: Readonly<Record<string, number>>
  /** Asked between batches; true ends the measurement early with no result. */
  readonly stopped?: () => boolean
}

/** Let other work of this process run, messages above all: a runtime may keep the thread while it computes. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Loss and accuracy of a whole part with moving statistics and without dropout; missing if it was stopped. */
export async function measure(executor: Executor, part: Part, options: MeasureOptions): Promise<Measured | undefined> {
  const { shape, batch, headWeights, stopped = () => false } = options
  let loss = 0
  const sums: Record<string, Sum> = {}
  for (const indices of evaluationBatches(part.count, batch)) {
    await breathe()
    if (stopped()) return undefined
    const result = await executor.run('evaluate', { ...(await loadBatch(part, indices, shape)), headWeights })
    loss += (result.loss ?? NaN) * indices.length
    for (const [id, head] of Object.entries(result.heads)) {
      const sum = (sums[id] ??= { loss: 0, correct: 0 })
      sum.loss += (head.loss ?? NaN) * indices.length
      sum.correct += head.correct ?? NaN
      if (head.error !== undefined) sum.error = (sum.error ?? 0) + head.error * indices.length
    }
  }
  const mean = ([id, { loss, correct, error }]: [string, Sum]) => {
    const metrics = { loss: loss / part.count, accuracy: correct / part.count }
    return [id, error === undefined ? metrics : { ...metrics, error: error / part.count }] as const
  }
  return { loss: loss / part.count, heads: Object.fromEntries(Object.entries(sums).map(mean)) }
}

/** Probabilities of every image of a part, in order: by head one row per image. */
export async function classify(executor: Executor, part: Part, shape: ImageShape, batch: number) {
  const rows: Record<string, number[][]> = {}
  for (const indices of evaluationBatches(part.count, batch)) {
    await breathe()
    const { images } = await loadBatch(part, indices, shape)
    const { heads } = await executor.run('predict', { images })
    for (const [id, { probabilities = new Float32Array() }] of Object.entries(heads)) {
      const classes = probabilities.length / indices.length
      const own = (rows[id] ??= [])
      for (let i = 0; i < indices.length; i++) own.push([...probabilities.subarray(i * classes, (i + 1) * classes)])
    }
  }
  return rows
}
