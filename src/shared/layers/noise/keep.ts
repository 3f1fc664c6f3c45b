import type { ApplyContext, Tensor } from '../define.js'

/**
 * `x` with a random share `rate` of it set to zero and the rest scaled by 1 / (1 - rate), so that the mean stays; `shape` says
 * what lives or dies together: its sides of length 1 share their fate. The same `x` outside training.
 */
export function keepSome(c: ApplyContext, x: Tensor, rate: number, shape: readonly number[]): Tensor {
  if (!c.training || rate === 0) return x
  const kept = c.tf.cast(c.tf.greaterEqual(c.random(shape), rate), 'float32')
  return c.tf.mul(x, c.tf.mul(kept, 1 / (1 - rate)))
}
