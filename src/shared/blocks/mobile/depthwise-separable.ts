import { choice, int } from '../../layers/fields.js'
import { defineBlock } from '../define.js'
import { convolve, depthwise } from '../parts.js'

/** The block of MobileNet v1 (Howard et al. 2017, figure 3): both halves of the convolution with batch norm and ReLU. */
export const depthwiseSeparable = defineBlock({
  type: 'depthwise_separable',
  title: 'Depthwise separable',
  doc: 'A depthwise convolution looks around in every channel, a 1x1 convolution mixes the channels, batch norm and ReLU behind each: a convolution for a tenth of the work.',
  source: 'Howard et al. 2017',
  typical: [56, 56, 64],
  params: {
    filters: int('Channels out.', 64),
    kernel: int('Kernel height and width of the depthwise convolution.', 3, { max: 64 }),
    stride: int('2 halves the image.', 1, { max: 8 }),
    activation: choice('What follows batch norm.', 'relu6', 'relu', 'swish', 'hard_swish'),
  },
  summary: (p) => `${p.filters} · ${p.kernel}x${p.kernel}${p.stride === 1 ? '' : ` / ${p.stride}`}`,
  expand: ({ filters, kernel, stride, activation }, g, input) => {
    const rest = { batchNorm: true, activation }
    const seen = depthwise(g, 'depthwise', input, { kernel, stride, ...rest })
    return convolve(g, 'pointwise', seen, { filters, kernel: 1, ...rest })
  },
  examples: [
    { inputs: [[5, 6, 3]], params: { filters: 4 } },
    { inputs: [[7, 6, 2]], params: { filters: 3, kernel: 5, stride: 2, activation: 'swish' } },
  ],
})
