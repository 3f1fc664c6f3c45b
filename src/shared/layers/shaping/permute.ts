import { defineLayer } from '../define.js'
import { choice } from '../fields.js'
import { first, needImage } from '../geometry.js'
import { shapeText, type Shape } from '../shapes.js'

/** Which side of the image becomes its height, width and channels. */
const ORDERS = {
  'width height channels': [1, 0, 2],
  'height channels width': [0, 2, 1],
  'channels width height': [2, 1, 0],
  'width channels height': [1, 2, 0],
  'channels height width': [2, 0, 1],
} as const

/** An image with its sides exchanged; no weights. */
export const permute = defineLayer({
  type: 'permute',
  title: 'Permute',
  family: 'dense',
  doc: 'Exchanges height, width and channels: turns the image over its diagonal, or lets a layer that mixes channels mix rows or columns.',
  formula: 'y[a, b, c] = x with its sides in the order asked for',
  inputs: 'one',
  params: {
    order: choice(
      'What becomes height, width and channels, in this order.',
      'width height channels',
      'height channels width',
      'channels width height',
      'width channels height',
      'channels height width',
    ),
  },
  summary: (p) => p.order,
  // Rows are made of columns or channels, even where the image keeps its size.
  reads: () => undefined,
  infer: (p, inputs) => {
    const x = first(inputs)
    const misfit = needImage('Permute', x)
    if (misfit) return misfit
    const made: Shape = ORDERS[p.order].map((side) => x[side] ?? null)
    if (made[2] !== null) return made
    return {
      code: 'shape/open',
      message: `The image is ${shapeText(x)}, so the number of channels that come out is not known.`,
      hint: 'Give the input a fixed height and width, or leave the channels last.',
      input: 0,
    }
  },
  apply: ({ tf }, p, inputs) => tf.transpose(first(inputs), [0, ...ORDERS[p.order].map((side) => side + 1)]),
  keras: (p) => ['Permute', { dims: ORDERS[p.order].map((side) => side + 1) }],
  pytorch: (p) => ['torch.permute', channelsFirst(ORDERS[p.order])],
  examples: [
    { inputs: [[5, 4, 3]] },
    { inputs: [[5, 4, 3]], params: { order: 'height channels width' } },
    { inputs: [[2, 3, 1]], params: { order: 'channels width height' } },
    { inputs: [[2, 3, 4]], params: { order: 'width channels height' } },
    { inputs: [[2, 3, 4]], params: { order: 'channels height width' } },
    { inputs: [[null, null, 2]] },
  ],
})

/** The permutation of NHWC images as one of NCHW images. */
function channelsFirst([height, width, channels]: readonly [number, number, number]): readonly number[] {
  const axes = [2, 3, 1] as const
  return [0, axes[channels]!, axes[height]!, axes[width]!]
}
