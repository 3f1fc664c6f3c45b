import { choice, flag, int } from '../../layers/fields.js'
import { defineBlock } from '../define.js'
import { convolve } from '../parts.js'

/** Inception module of GoogLeNet (Szegedy et al. 2015, figure 2b); channels out = the four branches together. */
export const inception = defineBlock({
  type: 'inception',
  title: 'Inception',
  doc: 'Looks at the image through 1x1, 3x3 and 5x5 windows and a max pool at once, and joins the results. The 1x1 convolutions in front keep it cheap.',
  source: 'Szegedy et al. 2015',
  typical: [28, 28, 192],
  params: {
    conv_1x1: int('Filters of the 1x1 branch.', 64),
    conv_3x3_reduce: int('Filters of the 1x1 convolution in front of the 3x3.', 96),
    conv_3x3: int('Filters of the 3x3 branch.', 128),
    conv_5x5_reduce: int('Filters of the 1x1 convolution in front of the 5x5.', 16),
    conv_5x5: int('Filters of the 5x5 branch.', 32),
    pool_projection: int('Filters of the 1x1 convolution behind the max pool.', 32),
    large_window: choice('Window of the third branch; torchvision has 3x3 there.', '5x5', '3x3'),
    batch_norm: flag('Batch norm behind every convolution (not in the paper).', false),
  },
  summary: (p) => `${p.conv_1x1} + ${p.conv_3x3} + ${p.conv_5x5} + ${p.pool_projection}`,
  expand: (p, g, input) => {
    const conv = (name: string, x: string, kernel: number, filters: number) =>
      convolve(g, name, x, { filters, kernel, batchNorm: p.batch_norm, activation: 'relu' })
    const pool = g.add('pool', 'max_pool', { kernel: 3, stride: 1, padding: 'same' }, input)
    return g.add(
      'concat',
      'concat',
      {},
      conv('conv_1x1', input, 1, p.conv_1x1),
      conv('conv_3x3', conv('conv_3x3_reduce', input, 1, p.conv_3x3_reduce), 3, p.conv_3x3),
      conv(
        'conv_5x5',
        conv('conv_5x5_reduce', input, 1, p.conv_5x5_reduce),
        p.large_window === '5x5' ? 5 : 3,
        p.conv_5x5,
      ),
      conv('pool_projection', pool, 1, p.pool_projection),
    )
  },
  examples: [
    {
      inputs: [[7, 6, 4]],
      params: { conv_1x1: 2, conv_3x3_reduce: 2, conv_3x3: 3, conv_5x5_reduce: 1, conv_5x5: 2, pool_projection: 2 },
    },
    {
      inputs: [[5, 5, 3]],
      params: {
        conv_1x1: 2,
        conv_3x3_reduce: 2,
        conv_3x3: 2,
        conv_5x5_reduce: 2,
        conv_5x5: 1,
        pool_projection: 1,
        large_window: '3x3',
        batch_norm: true,
      },
    },
  ],
})
