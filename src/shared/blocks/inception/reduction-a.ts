import { flag, int } from '../../layers/fields.js'
import { defineBlock } from '../define.js'
import { convolve } from '../parts.js'

/** Reduction-A (Szegedy et al. 2017, figure 7 with its k, l, m, n), also in v3; channels out = n + m + channels in. */
export const reductionA = defineBlock({
  type: 'reduction_a',
  title: 'Reduction-A',
  doc: 'Halves the image of an Inception net: two convolution branches and a max pool side by side, so that nothing is lost at once.',
  source: 'Szegedy et al. 2016',
  typical: [35, 35, 288],
  params: {
    conv_3x3: int('Filters of the 3x3 branch (n).', 384),
    double_reduce: int('Filters of the 1x1 convolution in front of the two 3x3 (k).', 64),
    double_1: int('Filters of the first of the two 3x3 convolutions (l).', 96),
    double_2: int('Filters of the second (m).', 96),
    bn_scale: flag('Batch norm learns a factor per channel; Keras leaves it out.', true),
  },
  summary: (p) => `${p.conv_3x3} + ${p.double_2} + in, / 2`,
  expand: (p, g, input) => {
    const rest = { batchNorm: true, scale: p.bn_scale, activation: 'relu' }
    const halving = { kernel: 3, stride: 2, padding: 'valid', ...rest } as const
    const single = convolve(g, 'conv_3x3', input, { filters: p.conv_3x3, ...halving })
    const reduced = convolve(g, 'double_reduce', input, { filters: p.double_reduce, kernel: 1, ...rest })
    const inner = convolve(g, 'double_1', reduced, { filters: p.double_1, kernel: 3, ...rest })
    const double = convolve(g, 'double_2', inner, { filters: p.double_2, ...halving })
    const pool = g.add('pool', 'max_pool', { kernel: 3, stride: 2, padding: 'valid' }, input)
    return g.add('concat', 'concat', {}, single, double, pool)
  },
  examples: [
    { inputs: [[7, 6, 3]], params: { conv_3x3: 2, double_reduce: 1, double_1: 2, double_2: 3 } },
    { inputs: [[5, 5, 2]], params: { conv_3x3: 1, double_reduce: 2, double_1: 1, double_2: 2, bn_scale: false } },
  ],
})
