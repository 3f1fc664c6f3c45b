import { choice, flag, int } from '../../layers/fields.js'
import { defineBlock } from '../define.js'
import { convolve } from '../parts.js'

/** Inception-A of v3 (Szegedy et al. 2016, figure 5; 5x5 window) and v4 (Szegedy et al. 2017, figure 4; 3x3 window). */
export const inceptionA = defineBlock({
  type: 'inception_a',
  title: 'Inception-A',
  doc: 'The Inception module of v3 and v4 for large maps: the 5x5 window is made of two 3x3, which is cheaper.',
  source: 'Szegedy et al. 2016',
  typical: [35, 35, 192],
  params: {
    conv_1x1: int('Filters of the 1x1 branch.', 64),
    middle_reduce: int('Filters of the 1x1 convolution in front of the middle branch.', 48),
    middle: int('Filters of the middle branch.', 64),
    middle_window: choice('Window of the middle branch: v3 has 5x5, v4 3x3.', '5x5', '3x3'),
    double_reduce: int('Filters of the 1x1 convolution in front of the two 3x3.', 64),
    double: int('Filters of each of the two 3x3 convolutions.', 96),
    pool_projection: int('Filters of the 1x1 convolution behind the average pool.', 64),
    bn_scale: flag('Batch norm learns a factor per channel; Keras leaves it out.', true),
  },
  summary: (p) => `${p.conv_1x1} + ${p.middle} + ${p.double} + ${p.pool_projection}`,
  expand: (p, g, input) => {
    const conv = (name: string, x: string, kernel: number, filters: number) =>
      convolve(g, name, x, { filters, kernel, batchNorm: true, scale: p.bn_scale, activation: 'relu' })
    const one = conv('conv_1x1', input, 1, p.conv_1x1)
    const window = p.middle_window === '5x5' ? 5 : 3
    const middle = conv('middle', conv('middle_reduce', input, 1, p.middle_reduce), window, p.middle)
    const inner = conv('double_1', conv('double_reduce', input, 1, p.double_reduce), 3, p.double)
    const double = conv('double_2', inner, 3, p.double)
    const pool = g.add('pool', 'average_pool', { kernel: 3, stride: 1, padding: 'same' }, input)
    return g.add('concat', 'concat', {}, one, middle, double, conv('pool_projection', pool, 1, p.pool_projection))
  },
  examples: [
    {
      inputs: [[7, 6, 4]],
      params: { conv_1x1: 2, middle_reduce: 2, middle: 3, double_reduce: 1, double: 2, pool_projection: 2 },
    },
    {
      inputs: [[5, 5, 3]],
      params: {
        conv_1x1: 1,
        middle_reduce: 1,
        middle: 2,
        middle_window: '3x3',
        double_reduce: 2,
        double: 3,
        pool_projection: 1,
        bn_scale: false,
      },
    },
  ],
})
