import { flag, int } from '../../layers/fields.js'
import { defineBlock } from '../define.js'
import { convolve } from '../parts.js'

/** Reduction-B of v3 and v4 (Szegedy et al. 2017, figure 8); channels out = both convolution branches + channels in. */
export const reductionB = defineBlock({
  type: 'reduction_b',
  title: 'Reduction-B',
  doc: 'Halves the image in the later part of Inception-v3 and v4: a 3x3 branch, a 7x7 branch and a max pool side by side.',
  source: 'Szegedy et al. 2016',
  typical: [17, 17, 768],
  params: {
    reduce: int('Filters of the 1x1 convolution in front of the 3x3.', 192),
    conv_3x3: int('Filters of the 3x3 branch.', 320),
    wide: int('Filters of the 1x1 and 1x7 convolutions of the 7x7 branch.', 192),
    conv_7x7: int('Filters of its 7x1 and 3x3 convolutions.', 192),
    bn_scale: flag('Batch norm learns a factor per channel; Keras leaves it out.', true),
  },
  summary: (p) => `${p.conv_3x3} + ${p.conv_7x7} + in, / 2`,
  expand: (p, g, input) => {
    const rest = { batchNorm: true, scale: p.bn_scale, activation: 'relu' }
    const halving = { kernel: 3, stride: 2, padding: 'valid', ...rest } as const
    const reduced = convolve(g, 'reduce', input, { filters: p.reduce, kernel: 1, ...rest })
    const single = convolve(g, 'conv_3x3', reduced, { filters: p.conv_3x3, ...halving })
    const entry = convolve(g, 'wide_reduce', input, { filters: p.wide, kernel: 1, ...rest })
    const wide = convolve(g, 'wide_1x7', entry, { filters: p.wide, kernel: [1, 7], ...rest })
    const tall = convolve(g, 'wide_7x1', wide, { filters: p.conv_7x7, kernel: [7, 1], ...rest })
    const second = convolve(g, 'wide_3x3', tall, { filters: p.conv_7x7, ...halving })
    const pool = g.add('pool', 'max_pool', { kernel: 3, stride: 2, padding: 'valid' }, input)
    return g.add('concat', 'concat', {}, single, second, pool)
  },
  examples: [
    { inputs: [[7, 6, 3]], params: { reduce: 2, conv_3x3: 3, wide: 1, conv_7x7: 2 } },
    { inputs: [[3, 5, 2]], params: { reduce: 1, conv_3x3: 2, wide: 2, conv_7x7: 1, bn_scale: false } },
  ],
})
