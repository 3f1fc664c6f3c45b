import { PURPOSE, shuffle } from '../../shared/random.js'
import { applyChange, changeOf } from './augment.js'
import type { ImageShape, Part } from './dataset.js'

/** Order in which epoch `epoch` (0-based) sees the images: a function of its arguments; unshuffled it is that of the data. */
export function epochOrder(seed: number, epoch: number, count: number, shuffled: boolean): Int32Array {
  return shuffled ? shuffle(count, PURPOSE.order, seed, epoch) : Int32Array.from({ length: count }, (_, i) => i)
}

/** Batches in one training epoch: whole ones only, and the whole set if it is smaller than one. */
export function trainingBatches(count: number, batch: number): number {
  return Math.max(1, Math.floor(count / batch))
}

/** Batch `k` (0-based) of an order; shorter than `batch` only at the end. */
export function batchOf(order: Int32Array, batch: number, k: number): Int32Array {
  return order.subarray(k * batch, (k + 1) * batch)
}

/** All images of a part in order, the last batch as short as it is: for evaluation. */
export function evaluationBatches(count: number, batch: number): readonly Int32Array[] {
  const order = epochOrder(0, 0, count, false)
  return Array.from({ length: Math.ceil(count / batch) }, (_, k) => batchOf(order, batch, k))
}

export interface Batch {
  /** NHWC. */
  readonly images: Float32Array
  readonly labels: Int32Array
}

/** Read the images of a batch; with `augment` each is changed as `augment.ts` says. */
export async function loadBatch(
  part: Part,
  indices: Int32Array,
  shape: ImageShape,
  augment?: { readonly seed: number; readonly epoch: number },
): Promise<Batch> {
  const size = shape[0] * shape[1] * shape[2]
  const images = new Float32Array(indices.length * size)
  const reads = Array.from(indices, (index, i) => part.read(index, images, i * size))
  if (reads.some(Boolean)) await Promise.all(reads)
  if (augment) {
    indices.forEach((index, i) => {
      applyChange(images, i * size, shape, changeOf(augment.seed, augment.epoch, index, shape))
    })
  }
  return { images, labels: indices.map((index) => part.labels[index] as number) }
}
