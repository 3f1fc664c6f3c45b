import type { Tensor4D } from '@tensorflow/tfjs-core'
import { defineLayer } from '../define.js'
import { choice, size } from '../fields.js'
import { first, pair, slideWindow, windowText } from '../geometry.js'
import { torchPool } from '../torch.js'

/** Mean of the real pixels of each window and channel: padding does not count, as in TensorFlow. No weights. */
export const averagePool = defineLayer({
  type: 'average_pool',
  title: 'Average pool',
  family: 'pool',
  doc: 'Takes the mean of each window, channel by channel; pixels beyond the border do not count.',
  inputs: 'one',
  params: {
    kernel: size('Window height and width.', 2),
    stride: size('Step between windows.', 2),
    padding: choice('Whether windows may reach over the border.', 'same', 'valid'),
  },
  summary: windowText,
  infer: (p, inputs) => slideWindow('Average pool', first(inputs), p),
  apply: ({ tf }, p, inputs) => tf.avgPool(first(inputs) as Tensor4D, pair(p.kernel), pair(p.stride), p.padding),
  keras: (p) => ['AveragePooling2D', { pool_size: p.kernel, strides: p.stride, padding: p.padding }],
  pytorch: (p, inputs) => torchPool('nn.AvgPool2d', first(inputs), p, { count_include_pad: false }),
  examples: [
    { inputs: [[7, 6, 3]], params: { kernel: [2, 2], stride: [2, 2] } },
    { inputs: [[11, 8, 2]], params: { kernel: [5, 5], stride: [3, 3], padding: 'valid' } },
    { inputs: [[5, 6, 2]], params: { kernel: [3, 3], stride: [1, 1] } },
    { inputs: [[null, null, 3]], params: { kernel: [3, 2], stride: [2, 1] } },
  ],
})
