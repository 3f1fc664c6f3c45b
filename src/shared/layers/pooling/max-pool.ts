import type { Tensor4D } from '@tensorflow/tfjs-core'
import { defineLayer } from '../define.js'
import { choice, size } from '../fields.js'
import { first, pair, slideWindow, windowText } from '../geometry.js'
import { torchPool } from '../torch.js'

/** Largest value of each window and channel; padding never wins. No weights. */
export const maxPool = defineLayer({
  type: 'max_pool',
  title: 'Max pool',
  family: 'pool',
  doc: 'Keeps the largest value of each window, channel by channel; makes the image smaller.',
  inputs: 'one',
  params: {
    kernel: size('Window height and width.', 2),
    stride: size('Step between windows.', 2),
    padding: choice('Whether windows may reach over the border.', 'same', 'valid'),
  },
  summary: windowText,
  infer: (p, inputs) => slideWindow('Max pool', first(inputs), p),
  apply: ({ tf }, p, inputs) => tf.maxPool(first(inputs) as Tensor4D, pair(p.kernel), pair(p.stride), p.padding),
  keras: (p) => ['MaxPooling2D', { pool_size: p.kernel, strides: p.stride, padding: p.padding }],
  pytorch: (p, inputs) => torchPool('nn.MaxPool2d', first(inputs), p),
  examples: [
    { inputs: [[7, 6, 3]], params: { kernel: [2, 2], stride: [2, 2] } },
    { inputs: [[9, 7, 2]], params: { kernel: [3, 3], stride: [2, 2], padding: 'valid' } },
    { inputs: [[5, 6, 2]], params: { kernel: [3, 3], stride: [1, 1] } },
    { inputs: [[null, null, 3]], params: { kernel: [3, 2], stride: [2, 1] } },
  ],
})
