import type { Tensor4D } from '@tensorflow/tfjs-core'
import { defineLayer, type WeightSpec } from './define.js'
import { choice, flag, int, size } from './fields.js'
import { first, pair, slideWindow, windowText } from './geometry.js'
import { channelsOf } from './shapes.js'
import { torchConv } from './torch.js'

/** Convolution of an image with learned kernels; weights `kernel` [height, width, in, out] and `bias` [out]. */
export const conv2d = defineLayer({
  type: 'conv2d',
  title: 'Conv 2D',
  family: 'conv',
  doc: 'Slides `filters` learned kernels over the image; one output channel per filter.',
  inputs: 'one',
  params: {
    filters: int('Output channels.', 64),
    kernel: size('Kernel height and width.', 3),
    stride: size('Step between windows; 2 halves height and width.', 1),
    padding: choice('Whether the border is padded with zeros; `same` keeps the size at stride 1.', 'same', 'valid'),
    bias: flag('Add one learned offset per filter; not needed in front of batch norm.', true),
  },
  summary: (p) => `${p.filters} · ${windowText(p)}`,
  infer: (p, inputs) => slideWindow('Conv 2D', first(inputs), p, p.filters),
  weights: (p, inputs) => {
    const channels = channelsOf(first(inputs))
    const area = p.kernel[0] * p.kernel[1]
    const init = { kind: 'he-normal', fanIn: area * channels, fanOut: area * p.filters } as const
    const kernel: WeightSpec = { shape: [...p.kernel, channels, p.filters], init, role: 'trainable' }
    const bias: WeightSpec = { shape: [p.filters], init: { kind: 'constant', value: 0 }, role: 'trainable' }
    return { kernel, ...(p.bias && { bias }) }
  },
  multiplyAdds: (p, inputs, out) =>
    (out[0] ?? NaN) * (out[1] ?? NaN) * p.kernel[0] * p.kernel[1] * channelsOf(first(inputs)) * p.filters,
  apply: ({ tf }, p, inputs, { kernel, bias }) => {
    const y = tf.conv2d(first(inputs) as Tensor4D, kernel as Tensor4D, pair(p.stride), p.padding)
    return bias ? tf.add(y, bias) : y
  },
  keras: (p) => [
    'Conv2D',
    { filters: p.filters, kernel_size: p.kernel, strides: p.stride, padding: p.padding, use_bias: p.bias },
  ],
  pytorch: (p, inputs) => torchConv(first(inputs), p, { bias: p.bias }, p.filters),
  examples: [
    { inputs: [[7, 6, 3]], params: { filters: 4, kernel: [3, 3] } },
    { inputs: [[9, 8, 2]], params: { filters: 5, kernel: [3, 2], stride: [2, 2], bias: false } },
    { inputs: [[8, 11, 3]], params: { filters: 3, kernel: [5, 3], stride: [2, 1], padding: 'valid' } },
    { inputs: [[null, null, 3]], params: { filters: 4, kernel: [1, 1] } },
  ],
})
