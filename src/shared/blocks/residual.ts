import { flag, int } from '../layers/fields.js'
import { defineBlock } from './define.js'
import { convolve } from './parts.js'

/** Basic residual block (He et al. 2016, figure 2); projection shortcut (option B) where the shapes differ. */
export const residual = defineBlock({
  type: 'residual',
  title: 'Residual',
  doc: 'Two 3x3 convolutions whose result is added to their input, so that gradients reach early layers. A 1x1 convolution adapts the skip wire where shapes differ.',
  params: {
    width: int('Channels out.', 64),
    stride: int('Step of the first convolution; 2 halves the image.', 1, { max: 8 }),
    batch_norm: flag('Batch norm behind every convolution.', true),
  },
  summary: (p) => `${p.width}${p.stride === 1 ? '' : ` / ${p.stride}`}`,
  expand: (p, g, input) => {
    const { width: filters, stride, batch_norm: batchNorm } = p
    const inner = convolve(g, 'conv_1', input, { filters, kernel: 3, stride, batchNorm, activation: 'relu' })
    const branch = convolve(g, 'conv_2', inner, { filters, kernel: 3, batchNorm })
    // With an open image size equal shapes do not mean equal sizes: a stride always takes the projection.
    const fits = stride === 1 && g.fits(input, branch)
    const skip = fits ? input : convolve(g, 'projection', input, { filters, kernel: 1, stride, batchNorm })
    return g.add('relu', 'relu', {}, g.add('add', 'add', {}, branch, skip))
  },
  examples: [
    { inputs: [[5, 6, 4]], params: { width: 4 } },
    { inputs: [[7, 6, 3]], params: { width: 5, stride: 2 } },
    { inputs: [[6, 6, 3]], params: { width: 3, stride: 2, batch_norm: false } },
  ],
})
