import { biasWeight, convPadding, convolve, kernelWeight } from './convolution.js'
import { defineLayer, type Tensor } from './define.js'
import { flag, int, size } from './fields.js'
import { first, slideWindow, windowText } from './geometry.js'
import { padded } from './padding.js'
import { channelsOf } from './shapes.js'
import { torchConv } from './torch.js'

/**
 * One or more kernels for every channel by itself (Sifre 2014; Howard et al. 2017, section 3.1): a convolution with as many
 * groups as channels. Weights `kernel` [height, width, 1, channels * multiplier], the values of Keras's kernel
 * [height, width, channels, multiplier] in the same order, and `bias` [channels * multiplier].
 */
export const depthwiseConv2d = defineLayer({
  type: 'depthwise_conv2d',
  title: 'Depthwise conv 2D',
  family: 'conv',
  doc: 'Slides a learned kernel of its own over every channel; channels do not mix. A 1x1 convolution behind it mixes them, for a fraction of the cost of a full convolution.',
  formula: 'y[i, j, c] = Σ over u, v of x[i · stride + u, j · stride + v, c] · kernel[u, v, c] + bias[c]',
  source: 'Howard et al. 2017',
  inputs: 'one',
  params: {
    kernel: size('Kernel height and width.', 3),
    stride: size('Step between windows; 2 halves height and width.', 1),
    ...convPadding(),
    dilation: size('Distance of the values that a kernel takes; 2 skips every other pixel and sees twice as far.', 1),
    multiplier: int('Kernels, and so output channels, for each input channel.', 1, { max: 1024 }),
    bias: flag('Add one learned offset per output channel; not needed in front of batch norm.', true),
  },
  summary: (p) => `${p.multiplier === 1 ? '' : `× ${p.multiplier} · `}${windowText(p)}`,
  window: (p) => p,
  infer: (p, inputs) => slideWindow('Depthwise conv 2D', first(inputs), p, channelsOf(first(inputs)) * p.multiplier),
  weights: (p, inputs) => {
    const channels = channelsOf(first(inputs))
    return {
      kernel: kernelWeight(p.kernel, 1, channels * p.multiplier, channels),
      ...(p.bias && { bias: biasWeight(channels * p.multiplier) }),
    }
  },
  multiplyAdds: (p, _inputs, out) => (out[0] ?? NaN) * (out[1] ?? NaN) * channelsOf(out) * p.kernel[0] * p.kernel[1],
  apply: ({ tf }, p, inputs, { kernel, bias }) => {
    const x = first(inputs)
    const y = convolve(tf, x, kernel as Tensor, { ...p, groups: channelsOf(x.shape) })
    return bias ? tf.add(y, bias) : y
  },
  keras: (p) =>
    padded(p, (padding) => [
      'DepthwiseConv2D',
      {
        kernel_size: p.kernel,
        strides: p.stride,
        padding,
        depth_multiplier: p.multiplier,
        use_bias: p.bias,
        ...(p.dilation[0] * p.dilation[1] > 1 && { dilation_rate: p.dilation }),
      },
    ]),
  pytorch: (p, inputs) => {
    const channels = channelsOf(first(inputs))
    const dilated = p.dilation[0] * p.dilation[1] > 1 && { dilation: p.dilation }
    return torchConv(first(inputs), p, { ...dilated, groups: channels, bias: p.bias }, channels * p.multiplier)
  },
  examples: [
    { inputs: [[7, 6, 3]] },
    { inputs: [[9, 8, 2]], params: { kernel: [3, 2], stride: [2, 2], multiplier: 3, bias: false } },
    { inputs: [[8, 9, 4]], params: { kernel: [5, 3], padding: 'valid', dilation: [1, 2] } },
    { inputs: [[6, 5, 1]], params: { kernel: [1, 1], multiplier: 2 } },
    { inputs: [[null, null, 3]], params: { kernel: [5, 5], stride: [2, 2] } },
    { inputs: [[9, 8, 3]], params: { stride: [2, 2], padding: 'explicit', pads: [1, 1, 1, 1] } },
    { inputs: [[7, 6, 2]], params: { kernel: [4, 3], padding: 'explicit', pads: [3, 0, 0, 2] } },
  ],
})
