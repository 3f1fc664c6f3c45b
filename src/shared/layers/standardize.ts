import type { Tensor, Tf, WeightSpec } from './define.js'

/** Fields that every norm over the values of one image has. */
export interface Affine {
  readonly scale: boolean
  readonly center: boolean
}

/** Weights `gamma` [channels], begun at 1, and `beta` [channels], begun at 0, as asked for. */
export function affineWeights({ scale, center }: Affine, channels: number): Readonly<Record<string, WeightSpec>> {
  const spec = (value: number): WeightSpec => ({
    shape: [channels],
    init: { kind: 'constant', value },
    role: 'trainable',
  })
  return { ...(scale && { gamma: spec(1) }), ...(center && { beta: spec(0) }) }
}

/** `y gamma + beta` per channel, each where it is learned. */
export function affine(tf: Tf, y: Tensor, { gamma, beta }: Readonly<Record<string, Tensor>>): Tensor {
  const scaled = gamma ? tf.mul(y, gamma) : y
  return beta ? tf.add(scaled, beta) : scaled
}

/**
 * Images [batch, height, width, channels] brought to mean 0 and variance 1 (biased) over the places and channels of each of
 * `groups` groups, every image by itself: Wu and He 2018, equations 1 to 3. Means over places come first, as vectors, so
 * that only they are regrouped and not the image.
 */
export function standardizeGroups(tf: Tf, x: Tensor, groups: number, epsilon: number): Tensor {
  const centred = tf.sub(x, groupMeans(tf, x, groups))
  const variance = groupMeans(tf, tf.square(centred), groups)
  return tf.div(centred, tf.sqrt(tf.add(variance, epsilon)))
}

/** Mean of each image's groups, at each of their channels: [batch, 1, 1, channels]. */
function groupMeans(tf: Tf, x: Tensor, groups: number): Tensor {
  const [batch, , , channels] = x.shape as [number, number, number, number]
  const perChannel = tf.mean(x, [1, 2], true)
  const size = channels / groups
  if (size === 1) return perChannel
  const perGroup = tf.mean(tf.reshape(perChannel, [batch, groups, size]), 2, true)
  return tf.reshape(tf.mul(perGroup, tf.ones([1, 1, size])), [batch, 1, 1, channels])
}
