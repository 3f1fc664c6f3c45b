import { flag, number } from '../../layers/fields.js'
import { defineBlock } from '../define.js'
import { convolve } from '../parts.js'

/** Stem of Inception-v4 (Szegedy et al. 2017, figure 3): 299x299x3 to 35x35x384 at width 1. */
export const inceptionV4Stem = defineBlock({
  type: 'inception_v4_stem',
  title: 'Inception-v4 stem',
  doc: 'What Inception-v4 does before its first module: pools and strided convolutions side by side, so that early pooling loses less.',
  source: 'Szegedy et al. 2017',
  typical: [299, 299, 3],
  params: {
    width: number('Factor of all filters; 1 as in the paper.', 1, { min: 0.05, max: 4 }),
    bn_scale: flag('Batch norm learns a factor per channel.', true),
  },
  summary: (p) => `${Math.round(384 * p.width)} channels`,
  expand: (p, g, input) => {
    const conv = (name: string, x: string, filters: number, kernel: number | readonly [number, number], stride = 0) =>
      convolve(g, name, x, {
        filters: Math.max(1, Math.round(filters * p.width)),
        kernel,
        stride: stride || 1,
        // A stride is given where the paper marks the convolution with V.
        padding: stride ? 'valid' : 'same',
        batchNorm: true,
        scale: p.bn_scale,
        activation: 'relu',
      })
    const pool = (name: string, x: string) => g.add(name, 'max_pool', { kernel: 3, stride: 2, padding: 'valid' }, x)
    const first = conv('conv_3', conv('conv_2', conv('conv_1', input, 32, 3, 2), 32, 3, 1), 64, 3)
    const a = g.add('concat_1', 'concat', {}, pool('pool_1', first), conv('conv_4', first, 96, 3, 2))
    const short = conv('short_2', conv('short_1', a, 64, 1), 96, 3, 1)
    const tall = conv('long_3', conv('long_2', conv('long_1', a, 64, 1), 64, [1, 7]), 64, [7, 1])
    const b = g.add('concat_2', 'concat', {}, short, conv('long_4', tall, 96, 3, 1))
    return g.add('concat_3', 'concat', {}, conv('conv_5', b, 192, 3, 2), pool('pool_2', b))
  },
  examples: [
    { inputs: [[27, 28, 3]], params: { width: 0.05 } },
    { inputs: [[31, 27, 1]], params: { width: 0.05, bn_scale: false } },
  ],
})
