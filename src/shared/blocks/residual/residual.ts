import { choice, flag, int } from '../../layers/fields.js'
import { defineBlock, type BlockBuilder, type Port } from '../define.js'
import { convolve } from '../parts.js'

/**
 * Basic residual block (He et al. 2016, figure 2). Where the shapes differ the skip wire has a projection (option B), or
 * every second pixel and zero channels (option A).
 */
export const residual = defineBlock({
  type: 'residual',
  title: 'Residual',
  doc: 'Two 3x3 convolutions whose result is added to their input, so that gradients reach early layers. Where shapes differ the skip wire is adapted.',
  source: 'He et al. 2016',
  params: {
    width: int('Channels out.', 64),
    stride: int('Step of the first convolution; 2 halves the image.', 1, { max: 8 }),
    shortcut: choice('Where shapes differ: a 1x1 convolution (B), or fewer pixels and zero channels (A).', 'B', 'A'),
    batch_norm: flag('Batch norm behind every convolution.', true),
    projection_norm: flag('Batch norm behind the projection too; the example of Keras has none there.', true),
    bias: flag('Biases in front of batch norm too, as Keras has them; they change nothing but the count.', false),
  },
  summary: (p) => `${p.width} · 3x3${p.stride === 1 ? '' : ` / ${p.stride}`}`,
  expand: (p, g, input) => {
    const { width: filters, stride, batch_norm: batchNorm } = p
    const bias = p.bias || !batchNorm
    const inner = convolve(g, 'conv_1', input, { filters, kernel: 3, stride, batchNorm, bias, activation: 'relu' })
    const branch = convolve(g, 'conv_2', inner, { filters, kernel: 3, batchNorm, bias })
    // With an open image size equal shapes do not mean equal sizes: a stride always takes the projection.
    const fits = stride === 1 && g.fits(input, branch)
    const normed = batchNorm && p.projection_norm
    const projected = { filters, kernel: 1, stride, batchNorm: normed, bias: p.bias || !normed }
    const adapted = () =>
      p.shortcut === 'A' ? zeroPadded(g, input, filters, stride) : convolve(g, 'projection', input, projected)
    const skip = fits ? input : adapted()
    return g.add('relu', 'relu', {}, g.add('add', 'add', {}, branch, skip))
  },
  examples: [
    { inputs: [[5, 6, 4]], params: { width: 4 } },
    { inputs: [[7, 6, 3]], params: { width: 5, stride: 2 } },
    { inputs: [[6, 6, 3]], params: { width: 3, stride: 2, batch_norm: false } },
    { inputs: [[7, 6, 3]], params: { width: 5, stride: 2, shortcut: 'A' } },
    { inputs: [[6, 7, 3]], params: { width: 4, stride: 2, projection_norm: false, bias: true } },
  ],
})

/** A skip wire without weights: every `stride`th pixel, and zeros for the channels that are missing. */
function zeroPadded(g: BlockBuilder, input: Port, channels: number, stride: number): Port {
  const picked = stride === 1 ? input : g.add('pick', 'max_pool', { kernel: 1, stride, padding: 'same' }, input)
  return g.add('pad', 'pad_channels', { channels }, picked)
}
