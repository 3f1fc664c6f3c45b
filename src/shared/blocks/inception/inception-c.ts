import { flag, int } from '../../layers/fields.js'
import { defineBlock } from '../define.js'
import { convolve } from '../parts.js'

/** Inception-C of v3 (Szegedy et al. 2016, figure 7) and v4 (Szegedy et al. 2017, figure 6). */
export const inceptionC = defineBlock({
  type: 'inception_c',
  title: 'Inception-C',
  doc: 'The Inception module of v3 and v4 for the smallest maps: branches end in 1x3 and 3x1 side by side, for many channels.',
  source: 'Szegedy et al. 2016',
  typical: [8, 8, 1280],
  params: {
    conv_1x1: int('Filters of the 1x1 branch.', 320),
    single: int('Filters of the 1x1 convolution of the shorter branch.', 384),
    double_reduce: int('Filters of the 1x1 convolution of the longer branch.', 448),
    double_1x3: int(
      'Filters of a 1x3 convolution that follows it, with a 3x1 after it (v4); 0: one 3x3 instead (v3).',
      0,
      {
        min: 0,
      },
    ),
    double: int('Filters of that 3x1 or 3x3 convolution.', 384),
    split: int('Filters of each of the 1x3 and 3x1 at the ends.', 384),
    pool_projection: int('Filters of the 1x1 convolution behind the average pool.', 192),
    bn_scale: flag('Batch norm learns a factor per channel; Keras leaves it out.', true),
  },
  summary: (p) => `${p.conv_1x1} + ${2 * p.split} + ${2 * p.split} + ${p.pool_projection}`,
  expand: (p, g, input) => {
    const conv = (name: string, x: string, kernel: readonly [number, number], filters: number) =>
      convolve(g, name, x, { filters, kernel, batchNorm: true, scale: p.bn_scale, activation: 'relu' })
    const ends = (name: string, x: string) => [
      conv(`${name}_1x3`, x, [1, 3], p.split),
      conv(`${name}_3x1`, x, [3, 1], p.split),
    ]
    const one = conv('conv_1x1', input, [1, 1], p.conv_1x1)
    const single = ends('single_end', conv('single', input, [1, 1], p.single))
    const reduced = conv('double_reduce', input, [1, 1], p.double_reduce)
    const inner =
      p.double_1x3 === 0
        ? conv('double', reduced, [3, 3], p.double)
        : conv('double', conv('double_1x3', reduced, [1, 3], p.double_1x3), [3, 1], p.double)
    const pool = g.add('pool', 'average_pool', { kernel: 3, stride: 1, padding: 'same' }, input)
    const projection = conv('pool_projection', pool, [1, 1], p.pool_projection)
    return g.add('concat', 'concat', {}, one, ...single, ...ends('double_end', inner), projection)
  },
  examples: [
    {
      inputs: [[5, 4, 3]],
      params: { conv_1x1: 2, single: 2, double_reduce: 2, double: 2, split: 1, pool_projection: 1 },
    },
    {
      inputs: [[4, 5, 2]],
      params: {
        conv_1x1: 1,
        single: 2,
        double_reduce: 1,
        double_1x3: 2,
        double: 3,
        split: 2,
        pool_projection: 2,
        bn_scale: false,
      },
    },
  ],
})
