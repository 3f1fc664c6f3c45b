import { choice, flag, int } from '../../layers/fields.js'
import { defineBlock } from '../define.js'
import { bottleneckResidual, bottleneckText } from './bottleneck-parts.js'

/**
 * Bottleneck residual block (He et al. 2016, figure 5). The paper's form, v1, puts the stride on the first 1x1
 * convolution; v1.5, as PyTorch has it, on the 3x3, which sees every pixel.
 */
export const bottleneck = defineBlock({
  type: 'bottleneck',
  title: 'Bottleneck residual',
  doc: 'A 1x1 convolution narrows the image, a 3x3 works on it, a 1x1 widens it again, and the input is added: the brick of deep residual nets.',
  source: 'He et al. 2016',
  typical: [56, 56, 64],
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
  summary: bottleneckText,
  expand: ({ batch_norm: batchNorm, ...p }, g, input) => bottleneckResidual(g, input, { ...p, batchNorm }),
  examples: [
    { inputs: [[5, 6, 4]], params: { width: 2, channels: 4 } },
    { inputs: [[7, 6, 3]], params: { width: 2, channels: 5, stride: 2 } },
    { inputs: [[6, 7, 3]], params: { width: 3, channels: 6, stride: 2, variant: 'v1.5', bias: true } },
    { inputs: [[4, 4, 3]], params: { width: 2, channels: 3, batch_norm: false } },
  ],
})
