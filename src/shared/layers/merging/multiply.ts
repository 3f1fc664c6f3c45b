import { defineLayer } from '../define.js'
import { BROADCAST_EXAMPLES, besideImages, broadcastShape, folded } from './broadcast.js'
import { FOLDED_EXAMPLES } from './equal-shapes.js'

/**
 * Element-wise product; no weights. An input whose height, width or channels are 1 is repeated there, and a vector is
 * spread over an image whose channels it has, as squeeze-and-excitation needs it (Hu et al. 2018, section 3.2).
 */
export const multiply = defineLayer({
  type: 'multiply',
  title: 'Multiply',
  family: 'merge',
  doc: 'The product of its inputs, value by value: one branch, ending in a sigmoid, can open and close another. A vector with one value per channel weighs the channels of an image.',
  formula: 'y = x1 · x2 · …; a vector weighs the channels of an image',
  source: 'Hu et al. 2018',
  inputs: 'many',
  params: {},
  infer: (_p, inputs) => broadcastShape('Multiply', inputs),
  apply: ({ tf }, _p, inputs) => folded(besideImages(tf, inputs), (a, b) => tf.mul(a, b)),
  keras: () => ['Multiply', {}],
  pytorch: () => ['torch.mul'],
  examples: [...FOLDED_EXAMPLES, ...BROADCAST_EXAMPLES.map((inputs) => ({ inputs }))],
})
