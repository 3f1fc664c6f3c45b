import type { Tensor4D } from '@tensorflow/tfjs-core'
import { defineLayer } from '../define.js'
import { size } from '../fields.js'
import { first, pair, slideWindow, windowText } from '../geometry.js'
import { ceilField, paddingFields, resolved, tfPadding } from '../padding.js'
import { torchPool } from '../torch.js'

/** Largest value of each window and channel; padding never wins. No weights. */
export const maxPool = defineLayer({
  type: 'max_pool',
  title: 'Max pool',
  family: 'pool',
  doc: 'Keeps the largest value of each window, channel by channel; makes the image smaller.',
  formula: 'y[i, j, c] = max over u, v of x[i · stride + u, j · stride + v, c]',
  source: 'Krizhevsky et al. 2012',
  inputs: 'one',
  params: {
    kernel: size('Window height and width.', 2),
    stride: size('Step between windows.', 2),
    ...paddingFields('Whether windows may reach over the border.', 0),
    ceil: ceilField(),
  },
  summary: windowText,
  window: (p) => p,
  infer: (p, inputs) => slideWindow('Max pool', first(inputs), p),
  apply: ({ tf }, p, inputs) => {
    const x = first(inputs) as Tensor4D
    return tf.maxPool(x, pair(p.kernel), pair(p.stride), tfPadding(p, x.shape))
  },
  keras: (p, inputs) => {
    const fixed = resolved(p, first(inputs))
    if (!fixed) return undefined
    const { padding, pads } = fixed
    if (padding !== 'explicit') return ['MaxPooling2D', { pool_size: p.kernel, strides: p.stride, padding }]
    const around = [[0, 0], pads.slice(0, 2), pads.slice(2), [0, 0]]
    return ['tf.nn.max_pool2d', { ksize: p.kernel, strides: p.stride, padding: around }]
  },
  pytorch: (p, inputs) => {
    const spelled = torchPool('nn.MaxPool2d', first(inputs), p)
    const fixed = resolved(p, first(inputs))
    if (spelled || !fixed) return spelled
    const [top, bottom, left, right] = fixed.pads
    const pool = ['nn.MaxPool2d', { kernel_size: p.kernel, stride: p.stride, padding: [0, 0] }]
    return ['nn.Sequential', ['nn.ConstantPad2d', [left, right, top, bottom], -Infinity], pool]
  },
  examples: [
    { inputs: [[7, 6, 3]], params: { kernel: [2, 2], stride: [2, 2] } },
    { inputs: [[9, 7, 2]], params: { kernel: [3, 3], stride: [2, 2], padding: 'valid' } },
    { inputs: [[5, 6, 2]], params: { kernel: [3, 3], stride: [1, 1] } },
    { inputs: [[null, null, 3]], params: { kernel: [3, 2], stride: [2, 1] } },
    { inputs: [[8, 7, 2]], params: { kernel: [3, 3], padding: 'explicit', pads: [1, 1, 1, 1] } },
    { inputs: [[6, 6, 3]], params: { kernel: [3, 3], padding: 'explicit', pads: [1, 0, 2, 1], ceil: true } },
    { inputs: [[6, 7, 2]], params: { kernel: [3, 3], padding: 'valid', ceil: true } },
    { inputs: [[null, null, 2]], params: { kernel: [3, 3], padding: 'valid', ceil: true } },
  ],
})
