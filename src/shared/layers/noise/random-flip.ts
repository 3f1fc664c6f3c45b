import { defineLayer, type ApplyContext, type Tensor } from '../define.js'
import { choice } from '../fields.js'
import { first, needImage } from '../geometry.js'

/** Images mirrored at random while training, each by itself; no weights. */
export const randomFlip = defineLayer({
  type: 'random_flip',
  title: 'Random flip',
  family: 'io',
  doc: 'While training, mirrors half of the images, each by a throw of its own: the net learns that a cat looking left is a cat. Does nothing afterwards.',
  formula: 'y = x or its mirror image, each with probability 1/2',
  source: 'Krizhevsky et al. 2012',
  inputs: 'one',
  trainingOnly: true,
  params: {
    axes: choice('Left and right, top and bottom, or both by a throw each.', 'horizontal', 'vertical', 'both'),
  },
  summary: (p) => p.axes,
  infer: (_p, inputs) => needImage('Random flip', first(inputs)) ?? first(inputs),
  apply: (c, p, inputs) => {
    const x = first(inputs)
    if (!c.training) return x
    const rows = p.axes === 'horizontal' ? x : flipped(c, x, 1)
    return p.axes === 'vertical' ? rows : flipped(c, rows, 2)
  },
  keras: (p) => ['RandomFlip', { mode: p.axes === 'both' ? 'horizontal_and_vertical' : p.axes }],
  // torchvision's throws once for the whole batch.
  pytorch: () => undefined,
  examples: [
    { inputs: [[4, 5, 3]] },
    { inputs: [[3, 4, 1]], params: { axes: 'vertical' } },
    { inputs: [[3, 3, 2]], params: { axes: 'both' } },
    { inputs: [[null, null, 3]] },
  ],
})

/** Each image as it is or reversed along an axis. */
function flipped({ tf, random }: ApplyContext, x: Tensor, axis: number): Tensor {
  const mirrored = tf.cast(tf.greaterEqual(random([x.shape[0] as number, 1, 1, 1]), 0.5), 'float32')
  return tf.add(tf.mul(x, tf.sub(1, mirrored)), tf.mul(tf.reverse(x, axis), mirrored))
}
