import type { Tensor, Tf } from '../layers/define.js'
import type { Optimizer } from './optimizers.js'

type Gradient = Tensor | null

/**
 * Gradients shortened together so that the norm of all of them is at most `limit` (Pascanu et al. 2013, algorithm 1); 0 leaves
 * them as they are. Missing ones stay missing.
 */
export function clipByNorm(tf: Tf, gradients: readonly Gradient[], limit: number): readonly Gradient[] {
  if (limit === 0) return gradients
  const sums = gradients.flatMap((gradient) => (gradient ? [tf.sum(tf.square(gradient))] : []))
  if (sums.length === 0) return gradients
  const norm = tf.sqrt(sums.length === 1 ? (sums[0] as Tensor) : tf.addN(sums))
  const longer = tf.relu(tf.sub(norm, limit))
  const share = tf.div(limit, tf.add(longer, limit))
  return gradients.map((gradient) => gradient && tf.mul(gradient, share))
}

/** Gradients with every value moved into -limit…limit; 0 leaves them as they are. Missing ones stay missing. */
export function clipByValue(tf: Tf, gradients: readonly Gradient[], limit: number): readonly Gradient[] {
  if (limit === 0) return gradients
  return gradients.map((gradient) => {
    if (!gradient) return gradient
    const high = tf.neg(tf.maximum(tf.neg(gradient), -limit))
    return tf.maximum(high, -limit)
  })
}

/** How strongly an optimizer pulls kernels towards zero: as asked for, or by its own share. */
export function decayOf(optimizer: Optimizer, weightDecay: number): number {
  return weightDecay === 0 ? (optimizer.decoupledDecay ?? 0) : weightDecay
}

/**
 * A weight and its gradient with decay: `w - rate decay w` beside the update (Loshchilov and Hutter 2019) if the optimizer
 * decouples them, else `g + decay w`, the gradient of `decay w^2 / 2`. Vectors do not decay: biases, and factors and offsets
 * of norms, have no reason to be small.
 */
export function decayed(
  tf: Tf,
  optimizer: Optimizer,
  { weight, gradient }: { readonly weight: Tensor; readonly gradient: Tensor },
  rate: Tensor,
  decay: number,
) {
  if (decay === 0 || weight.rank < 2) return { weight, gradient }
  if (optimizer.decoupledDecay === undefined) return { weight, gradient: tf.add(gradient, tf.mul(weight, decay)) }
  return { weight: tf.sub(weight, tf.mul(tf.mul(rate, decay), weight)), gradient }
}
