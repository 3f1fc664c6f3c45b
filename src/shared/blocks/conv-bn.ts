import { choice, int, size } from '../layers/fields.js'
import { windowText } from '../layers/geometry.js'
import { defineBlock } from './define.js'
import { convolve } from './parts.js'

/** Convolution, batch norm and activation: the brick of most nets since 2015. */
export const convBn = defineBlock({
  type: 'conv_bn',
  title: 'Conv + batch norm',
  doc: 'A convolution without bias, batch norm, and an activation.',
  source: 'Ioffe and Szegedy 2015',
  params: {
    filters: int('Output channels.', 64),
    kernel: size('Kernel height and width.', 3),
    stride: size('Step between windows; 2 halves height and width.', 1),
    padding: choice('Whether the border is padded with zeros; `same` keeps the size at stride 1.', 'same', 'valid'),
    activation: choice('What follows batch norm.', 'relu', 'relu6', 'leaky_relu', 'elu', 'swish', 'none'),
  },
  summary: (p) => `${p.filters} · ${windowText(p)}`,
  expand: ({ activation, ...p }, g, input) =>
    convolve(g, 'conv', input, { ...p, batchNorm: true, activation: activation === 'none' ? undefined : activation }),
  examples: [
    { inputs: [[7, 6, 3]], params: { filters: 4, stride: [2, 2] } },
    { inputs: [[6, 8, 2]], params: { filters: 3, kernel: [3, 5], padding: 'valid', activation: 'swish' } },
    { inputs: [[4, 4, 2]], params: { filters: 3, kernel: [1, 1], activation: 'none' } },
  ],
})
