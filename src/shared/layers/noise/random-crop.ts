import type { Tensor3D } from '@tensorflow/tfjs-core'
import { defineLayer, type ApplyContext, type Tensor } from '../define.js'
import { int } from '../fields.js'
import { first, needImage } from '../geometry.js'
import { channelsOf, shapeText } from '../shapes.js'

/** A window cut out of each image, at a random place while training and in the middle afterwards; no weights. */
export const randomCrop = defineLayer({
  type: 'random_crop',
  title: 'Random crop',
  family: 'io',
  doc: 'While training, cuts a window out of each image at a place of its own; afterwards the one in the middle. Behind zero padding it shifts images by a few pixels, as nets for CIFAR are trained.',
  formula: 'y[i, j] = x[i + top, j + left]; top and left drawn for each image',
  source: 'Krizhevsky et al. 2012',
  inputs: 'one',
  params: { height: int('Height of the window in px.', 32), width: int('Width of the window in px.', 32) },
  summary: (p) => `to ${p.height}x${p.width}`,
  // Once training is over: the window in the middle; an open size is taken as that of the window.
  reads: (p, side, x) => {
    const window = side === 0 ? p.height : p.width
    return { step: 1, reads: [{ from: Math.floor(((x[side] ?? window) - window) / 2), count: 1, gap: 1 }] }
  },
  infer: (p, inputs) => {
    const x = first(inputs)
    const misfit = needImage('Random crop', x)
    if (misfit) return misfit
    if ((x[0] ?? Infinity) >= p.height && (x[1] ?? Infinity) >= p.width) return [p.height, p.width, channelsOf(x)]
    return {
      code: 'shape/too-small',
      message: `A window of ${p.height}x${p.width} does not fit into the ${shapeText(x.slice(0, 2))} image.`,
      hint: 'Take a smaller window, or put zero padding in front of it.',
      input: 0,
    }
  },
  apply: (c, p, inputs) => {
    const x = first(inputs)
    const [batch, height, width, channels] = x.shape as [number, number, number, number]
    if (!c.training) {
      const start = [0, Math.floor((height - p.height) / 2), Math.floor((width - p.width) / 2), 0]
      return c.tf.slice(x, start, [batch, p.height, p.width, channels])
    }
    return turned(c, shifted(c, turned(c, shifted(c, x, p.height)), p.width))
  },
  // Once training is over; Keras' own layer of that name resizes then.
  keras: (p) => ['CenterCrop', { height: p.height, width: p.width }],
  pytorch: (p) => ['torchvision.transforms.CenterCrop', [p.height, p.width]],
  examples: [
    { inputs: [[5, 6, 3]], params: { height: 3, width: 4 } },
    { inputs: [[4, 4, 1]], params: { height: 4, width: 1 } },
    { inputs: [[6, 3, 2]], params: { height: 1, width: 3 } },
    { inputs: [[null, null, 3]], params: { height: 4, width: 5 } },
  ],
})

/**
 * So many rows of each image from a row on that is drawn for it: a product with a matrix of zeros and ones that is made of the
 * draw, so that gradients go back the way the rows came.
 */
function shifted({ tf, random }: ApplyContext, x: Tensor, rows: number): Tensor {
  const [batch, height, ...line] = x.shape as [number, number, number, number]
  if (height === rows) return x
  const places = Float32Array.from({ length: rows * height }, (_, i) => (i % height) - Math.floor(i / height))
  const from = tf.tensor(places, [1, rows, height])
  const start = tf.mul(random([batch, 1, 1]), height - rows + 1)
  const isTaken = (condition: Tensor) => tf.cast(condition, 'float32')
  const taken = tf.mul(isTaken(tf.greaterEqual(start, from)), isTaken(tf.less(start, tf.add(from, 1))))
  const lines = tf.reshape(x, [batch, height, line[0] * line[1]])
  return tf.reshape(tf.matMul(taken as Tensor3D, lines as Tensor3D), [batch, rows, ...line])
}

/** Images with height and width exchanged. */
function turned({ tf }: ApplyContext, x: Tensor): Tensor {
  return tf.transpose(x, [0, 2, 1, 3])
}
