import { int, number } from '../layers/fields.js'
import { defineBlock } from './define.js'
import { channelsInto } from './parts.js'

/** Epsilon of the layer norms of ConvNeXt. */
export const CONVNEXT_NORM = { epsilon: 1e-6 } as const

/** ConvNeXt block (Liu et al. 2022, figure 4): depthwise 7x7, layer norm, and a wide middle of 1x1 convolutions with GELU. */
export const convnext = defineBlock({
  type: 'convnext',
  title: 'ConvNeXt',
  doc: 'A residual net with the manners of a transformer: a large depthwise kernel, layer norm once, GELU once, a middle four times as wide, and a learned scale in front of the add.',
  source: 'Liu et al. 2022',
  typical: [56, 56, 96],
  params: {
    kernel: int('Kernel height and width of the depthwise convolution.', 7, { max: 64 }),
    expansion: int('Channels of the middle, in multiples of those that come in.', 4, { max: 64 }),
    scale: number('Factor of the branch before training, learned for each channel.', 1e-6, { min: 0, max: 1e3 }),
    rate: number('Share of images that go without the branch while training; 0 leaves it out.', 0, {
      min: 0,
      max: 0.99,
    }),
  },
  summary: (p) => `${p.kernel}x${p.kernel}, × ${p.expansion}`,
  expand: (p, g, input) => {
    const channels = channelsInto(g, input)
    const seen = g.add('depthwise', 'depthwise_conv2d', { kernel: p.kernel }, input)
    const normed = g.add('norm', 'layer_norm', CONVNEXT_NORM, seen)
    const filters = Math.min(channels * p.expansion, 65_536)
    const wide = g.add('gelu', 'gelu', {}, g.add('expand', 'conv2d', { filters, kernel: 1 }, normed))
    const narrow = g.add('project', 'conv2d', { filters: channels, kernel: 1 }, wide)
    const scaled = g.add('scale', 'layer_scale', { start: p.scale }, narrow)
    const kept = p.rate > 0 ? g.add('drop', 'stochastic_depth', { rate: p.rate }, scaled) : scaled
    return g.add('add', 'add', {}, kept, input)
  },
  examples: [
    { inputs: [[8, 7, 3]], params: { expansion: 2, scale: 0.5 } },
    { inputs: [[5, 6, 2]], params: { kernel: 3, scale: 1, rate: 0.3 } },
  ],
})
