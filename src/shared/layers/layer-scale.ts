import { defineLayer, type Tensor } from './define.js'
import { number } from './fields.js'
import { first, needImage } from './geometry.js'
import { channelsOf } from './shapes.js'

/** A learned factor for each channel of an image (Touvron et al. 2021, section 2.2); weight `gamma` [channels]. */
export const layerScale = defineLayer({
  type: 'layer_scale',
  title: 'Layer scale',
  family: 'norm',
  doc: 'Multiplies every channel by a factor of its own that is learned. It begins near zero, so that a residual branch in front of an add starts out small.',
  formula: 'y[i, j, c] = gamma[c] · x[i, j, c]',
  source: 'Touvron et al. 2021',
  inputs: 'one',
  params: { start: number('Factor of every channel before training.', 1e-6, { min: -1e3, max: 1e3 }) },
  summary: (p) => `from ${p.start}`,
  infer: (_p, inputs) => needImage('Layer scale', first(inputs)) ?? first(inputs),
  weights: (p, inputs) => ({
    gamma: { shape: [channelsOf(first(inputs))], init: { kind: 'constant', value: p.start }, role: 'trainable' },
  }),
  apply: ({ tf }, _p, inputs, { gamma }) => tf.mul(first(inputs), gamma as Tensor),
  // Keras and PyTorch have no layer of that name: a 1x1 kernel for each channel by itself is the same.
  keras: (p) => [
    'DepthwiseConv2D',
    {
      kernel_size: [1, 1],
      use_bias: false,
      depthwise_initializer: { class_name: 'Constant', config: { value: p.start } },
    },
  ],
  pytorch: (_p, inputs) => {
    const channels = channelsOf(first(inputs))
    return ['nn.Conv2d', channels, channels, { kernel_size: [1, 1], groups: channels, bias: false }]
  },
  examples: [
    { inputs: [[5, 4, 3]], params: { start: 0.5 } },
    { inputs: [[1, 2, 1]] },
    { inputs: [[null, null, 4]], params: { start: 1 } },
  ],
})
