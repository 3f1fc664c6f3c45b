import type { Tensor, Tf } from '../define.js'
import { choice } from '../fields.js'
import { commonDivisor } from '../geometry.js'
import { MOST_READS, type Read, type Reading } from '../reading.js'

/** How pixels of an image in another size are found: two ways that a user chooses between, and the means of equal windows. */
export type ResampleMode = 'nearest' | 'bilinear' | 'adaptive'

/** How pixels of a larger or smaller image are found: a field of layers that resize. */
export function interpolationField() {
  return choice('`nearest` repeats pixels, `bilinear` mixes the four around a place.', 'nearest', 'bilinear')
}

/**
 * Images [batch, height, width, channels] in another size, centres of pixels at half numbers. A kernel of our own
 * (`src/main/engine/kernels/resample`): the gradients of tfjs's are those of other centres.
 */
export function resampled(tf: Tf, x: Tensor, size: readonly [number, number], mode: ResampleMode): Tensor {
  if (x.shape[1] === size[0] && x.shape[2] === size[1]) return x
  return tf.engine().runKernel<Tensor>('Resample', { x }, { size: [size[0], size[1]], mode })
}

/**
 * Which rows each of `to` rows is made of that come from `from` ones, by the weights of the kernel; only their ratio counts.
 * `undefined` where that repeats after more than `MOST_READS`.
 */
export function resampleReading(from: number, to: number, mode: ResampleMode): Reading | undefined {
  const common = commonDivisor(from, to)
  const [step, count] = [from / common, to / common]
  if (count > MOST_READS) return undefined
  return { step, reads: Array.from({ length: count }, (_, i) => readOf(i, step, count, mode)), repeats: true }
}

function readOf(i: number, from: number, to: number, mode: ResampleMode): Read {
  if (mode === 'adaptive') {
    const start = Math.floor((i * from) / to)
    return { from: start, count: Math.ceil(((i + 1) * from) / to) - start, gap: 1 }
  }
  const centre = (2 * i + 1) * from
  if (mode === 'nearest') return { from: Math.floor(centre / (2 * to)), count: 1, gap: 1 }
  // The centre lies between two pixels, or on one.
  const place = (centre - to) / (2 * to)
  return { from: Math.floor(place), count: Number.isInteger(place) ? 1 : 2, gap: 1 }
}

/** The modes of `nn.Upsample` that are equal to ours. */
export function torchMode(interpolation: 'nearest' | 'bilinear') {
  return interpolation === 'nearest' ? { mode: 'nearest-exact' } : { mode: 'bilinear', align_corners: false }
}
