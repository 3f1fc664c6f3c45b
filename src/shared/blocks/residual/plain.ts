import { flag, int } from '../../layers/fields.js'
import { defineBlock } from '../define.js'
import { convolve } from '../parts.js'

/** The residual block without its skip wire: the plain net that He et al. 2016 compare with. */
export const plain = defineBlock({
  type: 'plain',
  title: 'Plain pair',
  doc: 'Two 3x3 convolutions: a residual block without the skip wire, to see what the wire is good for.',
  source: 'He et al. 2016',
  params: {
    width: int('Channels out.', 64),
    stride: int('Step of the first convolution; 2 halves the image.', 1, { max: 8 }),
    batch_norm: flag('Batch norm behind every convolution.', true),
  },
  summary: (p) => `${p.width} · 3x3${p.stride === 1 ? '' : ` / ${p.stride}`}`,
  expand: (p, g, input) => {
    const { width: filters, stride, batch_norm: batchNorm } = p
    const inner = convolve(g, 'conv_1', input, { filters, kernel: 3, stride, batchNorm, activation: 'relu' })
    return convolve(g, 'conv_2', inner, { filters, kernel: 3, batchNorm, activation: 'relu' })
  },
  examples: [
    { inputs: [[5, 6, 4]], params: { width: 4 } },
    { inputs: [[7, 6, 3]], params: { width: 5, stride: 2, batch_norm: false } },
  ],
})
