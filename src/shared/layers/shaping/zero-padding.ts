import type { Tensor4D } from '@tensorflow/tfjs-core'
import { defineLayer } from '../define.js'
import { sides } from '../fields.js'
import { first, needImage } from '../geometry.js'
import { channelsOf } from '../shapes.js'
import { grown, sidesText } from './around.js'

/** Zeros around an image; no weights. */
export const zeroPadding = defineLayer({
  type: 'zero_padding',
  title: 'Zero padding',
  family: 'dense',
  doc: 'Puts rows and columns of zeros around the image, as many as asked for on each side.',
  formula: 'y = x where there is one, else 0',
  inputs: 'one',
  params: { pads: sides('Pixels added above, below, left and right.', 1) },
  window: ({ pads }) => ({ kernel: [1, 1], stride: [1, 1], padding: 'explicit', pads }),
  summary: (p) => sidesText(p.pads),
  infer: (p, inputs) => {
    const x = first(inputs)
    const [top, bottom, left, right] = p.pads
    return needImage('Zero padding', x) ?? [grown(x[0], top + bottom), grown(x[1], left + right), channelsOf(x)]
  },
  apply: ({ tf }, p, inputs) => {
    const [top, bottom, left, right] = p.pads
    return tf.pad4d(first(inputs) as Tensor4D, [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ])
  },
  keras: ({ pads }) => ['ZeroPadding2D', { padding: [pads.slice(0, 2), pads.slice(2)] }],
  pytorch: ({ pads: [top, bottom, left, right] }) => ['nn.ZeroPad2d', [left, right, top, bottom]],
  examples: [
    { inputs: [[5, 4, 3]] },
    { inputs: [[2, 3, 1]], params: { pads: [0, 2, 3, 1] } },
    { inputs: [[3, 3, 2]], params: { pads: [0, 0, 0, 0] } },
    { inputs: [[null, null, 2]], params: { pads: [3, 3, 3, 3] } },
  ],
})
