import type { Tensor4D } from '@tensorflow/tfjs-core'
import { defineLayer } from './define.js'
import { int, number } from './fields.js'
import { first, needImage } from './geometry.js'

/**
 * Local response normalisation across channels (Krizhevsky et al. 2012, section 3.3), with TensorFlow's meaning of
 * alpha: y = x / (bias + alpha * sum of x^2 over 2 * depth_radius + 1 channels) ^ beta. Caffe and PyTorch divide their
 * alpha by the window size: 1e-4 there over 5 channels is 2e-5 here. No weights.
 */
export const lrn = defineLayer({
  type: 'lrn',
  title: 'Local response norm',
  family: 'norm',
  doc: "Divides each value by the strength of its neighbour channels, as AlexNet and GoogLeNet do. Alpha is TensorFlow's: Caffe's alpha divided by the window size.",
  formula: 'y[c] = x[c] / (bias + alpha · Σ over channels d within the radius of x[d]²) ^ beta',
  source: 'Krizhevsky et al. 2012',
  inputs: 'one',
  params: {
    depth_radius: int('Neighbour channels on each side.', 2, { min: 0, max: 1024 }),
    bias: number('Added before the power (k in the paper).', 1, { min: 1e-6, max: 1e6 }),
    alpha: number('Factor of the sum of squares.', 2e-5, { min: 0, max: 1e6 }),
    beta: number('Exponent.', 0.75, { min: 0, max: 100 }),
  },
  summary: (p) => `${2 * p.depth_radius + 1} channels`,
  infer: (_p, inputs) => needImage('Local response norm', first(inputs)) ?? first(inputs),
  apply: ({ tf }, p, inputs) =>
    tf.localResponseNormalization(first(inputs) as Tensor4D, p.depth_radius, p.bias, p.alpha, p.beta),
  keras: (p) => [
    'tf.nn.local_response_normalization',
    { depth_radius: p.depth_radius, bias: p.bias, alpha: p.alpha, beta: p.beta },
  ],
  pytorch: (p) => {
    const channels = 2 * p.depth_radius + 1
    return [
      'nn.LocalResponseNorm',
      channels,
      { alpha: Number((p.alpha * channels).toPrecision(12)), beta: p.beta, k: p.bias },
    ]
  },
  examples: [
    { inputs: [[3, 4, 6]], params: { alpha: 0.1 } },
    { inputs: [[2, 2, 3]], params: { depth_radius: 1, alpha: 0.5, beta: 0.5, bias: 2 } },
    { inputs: [[3, 2, 2]], params: { depth_radius: 5, alpha: 0.2 } },
    { inputs: [[null, null, 5]] },
  ],
})
