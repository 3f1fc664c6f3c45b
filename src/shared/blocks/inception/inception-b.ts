import { flag, int } from '../../layers/fields.js'
import { defineBlock } from '../define.js'
import { convolve } from '../parts.js'

/** Inception-B of v3 (Szegedy et al. 2016, figure 6, n = 7) and v4 (Szegedy et al. 2017, figure 5). */
export const inceptionB = defineBlock({
  type: 'inception_b',
  title: 'Inception-B',
  doc: 'The Inception module of v3 and v4 for middle maps: 7x7 windows made of 1x7 and 7x1, which need a third of the weights.',
  source: 'Szegedy et al. 2016',
  typical: [17, 17, 768],
  params: {
    conv_1x1: int('Filters of the 1x1 branch.', 192),
    reduce: int('Filters where the two factorised branches begin.', 128),
    middle: int('Filters on the way.', 128),
    conv_7x7: int('Filters where they end.', 192),
    pool_projection: int('Filters of the 1x1 convolution behind the average pool.', 192),
    bn_scale: flag('Batch norm learns a factor per channel; Keras leaves it out.', true),
  },
  summary: (p) => `${p.conv_1x1} + ${p.conv_7x7} + ${p.conv_7x7} + ${p.pool_projection}`,
  expand: (p, g, input) => {
    const conv = (name: string, x: string, kernel: readonly [number, number], filters: number) =>
      convolve(g, name, x, { filters, kernel, batchNorm: true, scale: p.bn_scale, activation: 'relu' })
    const one = conv('conv_1x1', input, [1, 1], p.conv_1x1)
    const wide = conv('single_1', conv('single_reduce', input, [1, 1], p.reduce), [1, 7], p.middle)
    const single = conv('single_2', wide, [7, 1], p.conv_7x7)
    const tall = conv('double_1', conv('double_reduce', input, [1, 1], p.reduce), [7, 1], p.reduce)
    const inner = conv('double_3', conv('double_2', tall, [1, 7], p.middle), [7, 1], p.middle)
    const double = conv('double_4', inner, [1, 7], p.conv_7x7)
    const pool = g.add('pool', 'average_pool', { kernel: 3, stride: 1, padding: 'same' }, input)
    const projection = conv('pool_projection', pool, [1, 1], p.pool_projection)
    return g.add('concat', 'concat', {}, one, single, double, projection)
  },
  examples: [
    { inputs: [[7, 6, 4]], params: { conv_1x1: 2, reduce: 2, middle: 3, conv_7x7: 2, pool_projection: 1 } },
    {
      inputs: [[4, 5, 3]],
      params: { conv_1x1: 1, reduce: 1, middle: 2, conv_7x7: 3, pool_projection: 2, bn_scale: false },
    },
  ],
})
