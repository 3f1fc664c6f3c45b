import { choice, flag, int } from '../../layers/fields.js'
import { defineBlock } from '../define.js'
import { convolve } from '../parts.js'

/**
 * Bottleneck residual block (He et al. 2016, figure 5). The paper's form, v1, puts the stride on the first 1x1
 * convolution; v1.5, as PyTorch has it, on the 3x3, which sees every pixel.
 */
export const bottleneck = defineBlock({
  type: 'bottleneck',
  title: 'Bottleneck residual',
  doc: 'A 1x1 convolution narrows the image, a 3x3 works on it, a 1x1 widens it again, and the input is added: the brick of deep residual nets.',
  params: {
    width: int('Channels of the two inner convolutions.', 64),
    channels: int('Channels out; four times the inner ones in ResNets, twice in wide ones.', 256),
    stride: int('2 halves the image.', 1, { max: 8 }),
    variant: choice(
      'Which convolution takes the stride: the first 1x1 (v1, the paper) or the 3x3 (v1.5).',
      'v1',
      'v1.5',
    ),
    batch_norm: flag('Batch norm behind every convolution.', true),
    bias: flag('Biases in front of batch norm too, as Keras has them; they change nothing but the count.', false),
  },
  summary: (p) => `${p.width} → ${p.channels}${p.stride === 1 ? '' : ` / ${p.stride}`}`,
  expand: (p, g, input) => {
    const { width, channels, stride, batch_norm: batchNorm } = p
    const norm = { batchNorm, bias: p.bias || !batchNorm }
    const [first, second] = p.variant === 'v1' ? [stride, 1] : [1, stride]
    const narrow = { filters: width, activation: 'relu', ...norm }
    const reduced = convolve(g, 'conv_1', input, { ...narrow, kernel: 1, stride: first })
    const inner = convolve(g, 'conv_2', reduced, { ...narrow, kernel: 3, stride: second })
    const branch = convolve(g, 'conv_3', inner, { filters: channels, kernel: 1, ...norm })
    // With an open image size equal shapes do not mean equal sizes: a stride always takes the projection.
    const fits = stride === 1 && g.fits(input, branch)
    const skip = fits ? input : convolve(g, 'projection', input, { filters: channels, kernel: 1, stride, ...norm })
    return g.add('relu', 'relu', {}, g.add('add', 'add', {}, branch, skip))
  },
  examples: [
    { inputs: [[5, 6, 4]], params: { width: 2, channels: 4 } },
    { inputs: [[7, 6, 3]], params: { width: 2, channels: 5, stride: 2 } },
    { inputs: [[6, 7, 3]], params: { width: 3, channels: 6, stride: 2, variant: 'v1.5', bias: true } },
    { inputs: [[4, 4, 3]], params: { width: 2, channels: 3, batch_norm: false } },
  ],
})
