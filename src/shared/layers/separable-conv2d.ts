import { biasWeight, convPadding, convolve, kernelWeight } from './convolution.js'
import { defineLayer, type Tensor } from './define.js'
import { flag, int, size } from './fields.js'
import { first, slideWindow, windowText } from './geometry.js'
import { padded } from './padding.js'
import { channelsOf, type Shape } from './shapes.js'
import { torchConv } from './torch.js'

const POINTWISE = { kernel: [1, 1], stride: [1, 1], padding: 'valid', dilation: [1, 1], groups: 1 } as const

/** Channels between the two convolutions. */
const between = (p: { readonly multiplier: number }, inputs: readonly Shape[]) =>
  channelsOf(first(inputs)) * p.multiplier

/**
 * A depthwise convolution and a 1x1 convolution behind it (Chollet 2017, Xception); nothing between the two. Weights
 * `depthwise_kernel` [height, width, 1, channels * multiplier], `pointwise_kernel` [1, 1, channels * multiplier, filters],
 * `bias` [filters].
 */
export const separableConv2d = defineLayer({
  type: 'separable_conv2d',
  title: 'Separable conv 2D',
  family: 'conv',
  doc: 'A depthwise convolution that looks around in every channel, then a 1x1 convolution that mixes the channels: nearly a full convolution for a fraction of its weights.',
  formula:
    'y[i, j, f] = Σ over c of (Σ over u, v of x[i · stride + u, j · stride + v, c] · depthwise[u, v, c]) · pointwise[c, f] + bias[f]',
  source: 'Chollet 2017',
  inputs: 'one',
  params: {
    filters: int('Output channels.', 64),
    kernel: size('Kernel height and width of the depthwise part.', 3),
    stride: size('Step between windows; 2 halves height and width.', 1),
    ...convPadding(),
    dilation: size('Distance of the values that a kernel takes; 2 skips every other pixel and sees twice as far.', 1),
    multiplier: int('Kernels of the depthwise part for each input channel.', 1, { max: 1024 }),
    bias: flag('Add one learned offset per filter; not needed in front of batch norm.', true),
  },
  summary: (p) => `${p.filters} · ${windowText(p)}`,
  window: (p) => p,
  infer: (p, inputs) => slideWindow('Separable conv 2D', first(inputs), p, p.filters),
  weights: (p, inputs) => ({
    depthwise_kernel: kernelWeight(p.kernel, 1, between(p, inputs), channelsOf(first(inputs))),
    pointwise_kernel: kernelWeight([1, 1], between(p, inputs), p.filters),
    ...(p.bias && { bias: biasWeight(p.filters) }),
  }),
  multiplyAdds: (p, inputs, out) =>
    (out[0] ?? NaN) * (out[1] ?? NaN) * between(p, inputs) * (p.kernel[0] * p.kernel[1] + p.filters),
  apply: ({ tf }, p, inputs, weights) => {
    const x = first(inputs)
    const middle = convolve(tf, x, weights['depthwise_kernel'] as Tensor, { ...p, groups: channelsOf(x.shape) })
    const y = convolve(tf, middle, weights['pointwise_kernel'] as Tensor, POINTWISE)
    return weights['bias'] ? tf.add(y, weights['bias']) : y
  },
  keras: (p) =>
    padded(p, (padding) => [
      'SeparableConv2D',
      {
        filters: p.filters,
        kernel_size: p.kernel,
        strides: p.stride,
        padding,
        depth_multiplier: p.multiplier,
        use_bias: p.bias,
        ...(p.dilation[0] * p.dilation[1] > 1 && { dilation_rate: p.dilation }),
      },
    ]),
  pytorch: (p, inputs) => {
    const x = first(inputs)
    const dilated = p.dilation[0] * p.dilation[1] > 1 && { dilation: p.dilation }
    const middle = between(p, inputs)
    return [
      'nn.Sequential',
      torchConv(x, p, { ...dilated, groups: channelsOf(x), bias: false }, middle),
      ['nn.Conv2d', middle, p.filters, { kernel_size: [1, 1], bias: p.bias }],
    ]
  },
  examples: [
    { inputs: [[7, 6, 3]], params: { filters: 4 } },
    { inputs: [[9, 8, 2]], params: { filters: 5, kernel: [3, 2], stride: [2, 2], multiplier: 3, bias: false } },
    { inputs: [[8, 9, 1]], params: { filters: 3, padding: 'valid', dilation: [2, 2] } },
    { inputs: [[null, null, 3]], params: { filters: 6, kernel: [5, 5] } },
    { inputs: [[9, 8, 3]], params: { filters: 2, stride: [2, 2], padding: 'explicit', pads: [1, 0, 2, 1] } },
  ],
})
