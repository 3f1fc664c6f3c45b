import { biasWeight, convPadding, convolve, groupsMisfit, kernelWeight } from './convolution.js'
import { defineLayer, type Tensor } from './define.js'
import { flag, int, size } from './fields.js'
import { first, slideWindow, windowText } from './geometry.js'
import { padded } from './padding.js'
import { channelsOf, isMisfit } from './shapes.js'
import { torchConv } from './torch.js'

/**
 * Convolution of an image with learned kernels; weights `kernel` [height, width, in / groups, out] and `bias` [out].
 * Filter f belongs to group floor(f * groups / filters), as in Keras and PyTorch.
 */
export const conv2d = defineLayer({
  type: 'conv2d',
  title: 'Conv 2D',
  family: 'conv',
  doc: 'Slides `filters` learned kernels over the image; one output channel per filter.',
  formula: 'y[i, j, f] = Σ over u, v, c of x[i · stride + u, j · stride + v, c] · kernel[u, v, c, f] + bias[f]',
  source: 'LeCun et al. 1998',
  inputs: 'one',
  params: {
    filters: int('Output channels.', 64),
    kernel: size('Kernel height and width.', 3),
    stride: size('Step between windows; 2 halves height and width.', 1),
    ...convPadding(),
    dilation: size('Distance of the values that a kernel takes; 2 skips every other pixel and sees twice as far.', 1),
    groups: int('Parts that channels and filters are split into; each part sees only its own channels.', 1),
    bias: flag('Add one learned offset per filter; not needed in front of batch norm.', true),
  },
  summary: (p) => `${p.filters} · ${windowText(p)}${p.groups === 1 ? '' : `, ${p.groups} groups`}`,
  window: (p) => p,
  infer: (p, inputs) => {
    const output = slideWindow('Conv 2D', first(inputs), p, p.filters)
    if (isMisfit(output)) return output
    return groupsMisfit(channelsOf(first(inputs)), p.filters, p.groups) ?? output
  },
  weights: (p, inputs) => ({
    kernel: kernelWeight(p.kernel, channelsOf(first(inputs)) / p.groups, p.filters, p.groups),
    ...(p.bias && { bias: biasWeight(p.filters) }),
  }),
  multiplyAdds: (p, inputs, out) =>
    ((out[0] ?? NaN) * (out[1] ?? NaN) * p.kernel[0] * p.kernel[1] * channelsOf(first(inputs)) * p.filters) / p.groups,
  apply: ({ tf }, p, inputs, { kernel, bias }) => {
    const y = convolve(tf, first(inputs), kernel as Tensor, p)
    return bias ? tf.add(y, bias) : y
  },
  keras: (p) =>
    padded(p, (padding) => [
      'Conv2D',
      {
        filters: p.filters,
        kernel_size: p.kernel,
        strides: p.stride,
        padding,
        use_bias: p.bias,
        ...(p.dilation[0] * p.dilation[1] > 1 && { dilation_rate: p.dilation }),
        ...(p.groups > 1 && { groups: p.groups }),
      },
    ]),
  pytorch: (p, inputs) => {
    const dilated = p.dilation[0] * p.dilation[1] > 1 && { dilation: p.dilation }
    return torchConv(
      first(inputs),
      p,
      { ...dilated, ...(p.groups > 1 && { groups: p.groups }), bias: p.bias },
      p.filters,
    )
  },
  examples: [
    { inputs: [[7, 6, 3]], params: { filters: 4, kernel: [3, 3] } },
    { inputs: [[9, 8, 2]], params: { filters: 5, kernel: [3, 2], stride: [2, 2], bias: false } },
    { inputs: [[8, 11, 3]], params: { filters: 3, kernel: [5, 3], stride: [2, 1], padding: 'valid' } },
    { inputs: [[null, null, 3]], params: { filters: 4, kernel: [1, 1] } },
    { inputs: [[9, 8, 3]], params: { filters: 4, kernel: [3, 2], dilation: [2, 3] } },
    { inputs: [[7, 8, 4]], params: { filters: 6, kernel: [3, 3], stride: [2, 2], groups: 2 } },
    { inputs: [[null, null, 6]], params: { filters: 3, dilation: [2, 2], groups: 3, bias: false } },
    { inputs: [[9, 8, 3]], params: { filters: 2, stride: [2, 2], padding: 'explicit', pads: [1, 1, 1, 1] } },
    { inputs: [[7, 6, 2]], params: { filters: 4, kernel: [4, 3], padding: 'explicit', pads: [3, 0, 0, 2], groups: 2 } },
    { inputs: [[null, null, 2]], params: { filters: 3, stride: [2, 1], padding: 'explicit', pads: [0, 1, 2, 1] } },
  ],
})
