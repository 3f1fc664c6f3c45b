import { int } from '../layers/fields.js'
import type { BlockBuilder, Port } from './define.js'
import { defineBlock } from './define.js'
import { BATCH_NORM } from './parts.js'

/** Dense block of DenseNet-B (Huang et al. 2017, section 3): channels out = channels in + layers * growth. */
export const denseBlock = defineBlock({
  type: 'dense_block',
  title: 'Dense block',
  doc: 'Every layer sees what all layers before it made, and adds a few channels of its own.',
  source: 'Huang et al. 2017',
  typical: [56, 56, 64],
  params: {
    layers: int('How many layers, each with a 1x1 and a 3x3 convolution.', 6, { max: 256 }),
    growth: int('Channels that each layer adds.', 32, { max: 1024 }),
    bottleneck: int('Filters of the 1x1 convolution, in multiples of the growth.', 4, { max: 64 }),
  },
  summary: (p) => `${p.layers} × ${p.growth}`,
  expand: (p, g, input) => {
    let x = input
    for (let i = 1; i <= p.layers; i++) {
      const inner = normedConv(g, `layer_${i}_1`, x, p.bottleneck * p.growth, 1)
      x = g.add(`layer_${i}_concat`, 'concat', {}, x, normedConv(g, `layer_${i}_2`, inner, p.growth, 3))
    }
    return x
  },
  examples: [
    { inputs: [[5, 6, 3]], params: { layers: 2, growth: 2, bottleneck: 2 } },
    { inputs: [[4, 4, 2]], params: { layers: 1, growth: 3, bottleneck: 1 } },
  ],
})

/** Batch norm, ReLU, dropout if wanted (a `rate` above 0), then a convolution: the order of nets after He et al. 2016b. */
export function normedConv(
  g: BlockBuilder,
  name: string,
  input: Port,
  filters: number,
  kernel: number,
  { rate = 0, stride = 1, bias = false } = {},
): Port {
  const normed = g.add(`${name}_relu`, 'relu', {}, g.add(`${name}_bn`, 'batch_norm', BATCH_NORM, input))
  const dropped = rate > 0 ? g.add(`${name}_dropout`, 'dropout', { rate }, normed) : normed
  return g.add(`${name}_conv`, 'conv2d', { filters, kernel, stride, bias }, dropped)
}
