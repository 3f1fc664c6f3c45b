import { choice, flag, int } from '../../layers/fields.js'
import { defineBlock } from '../define.js'
import { convolve } from '../parts.js'

/**
 * Inception module of the net with batch norm (Ioffe and Szegedy 2015, appendix): two 3x3 convolutions in a row instead of the
 * 5x5. A row of their figure 5 is a block: with stride 2 no 1x1 branch, and the pool goes through as it is.
 */
export const inceptionBn = defineBlock({
  type: 'inception_bn',
  title: 'Inception with batch norm',
  doc: 'Looks at the image through a 1x1, a 3x3 and a double 3x3 window and a pool at once, and joins the results; with stride 2 it halves the image.',
  source: 'Ioffe and Szegedy 2015',
  typical: [28, 28, 192],
  params: {
    conv_1x1: int('Filters of the 1x1 branch; 0 leaves it out.', 64, { min: 0 }),
    conv_3x3_reduce: int('Filters of the 1x1 convolution in front of the 3x3.', 64),
    conv_3x3: int('Filters of the 3x3 branch.', 64),
    double_reduce: int('Filters of the 1x1 convolution in front of the two 3x3.', 64),
    double_3x3: int('Filters of each of the two 3x3 convolutions.', 96),
    pool: choice('Pool of the fourth branch.', 'average', 'max'),
    pool_projection: int('Filters of the 1x1 convolution behind the pool; 0 leaves it out.', 32, { min: 0 }),
    stride: int('2 halves the image.', 1, { max: 2 }),
    bias: flag('Biases in front of batch norm too; they change nothing but the count.', false),
  },
  summary: (p) => [p.conv_1x1, p.conv_3x3, p.double_3x3, p.pool_projection].filter(Boolean).join(' + ') + (p.stride === 2 ? ', / 2' : ''), // prettier-ignore
  expand: (p, g, input) => {
    const { stride, bias } = p
    const conv = (name: string, x: string, kernel: number, filters: number, step = 1) =>
      convolve(g, name, x, { filters, kernel, stride: step, batchNorm: true, bias, activation: 'relu' })
    const reduced = conv('conv_3x3_reduce', input, 1, p.conv_3x3_reduce)
    const double = conv('double_1', conv('double_reduce', input, 1, p.double_reduce), 3, p.double_3x3)
    const pool = g.add('pool', `${p.pool}_pool`, { kernel: 3, stride, padding: 'same' }, input)
    return g.add(
      'concat',
      'concat',
      {},
      ...(p.conv_1x1 > 0 ? [conv('conv_1x1', input, 1, p.conv_1x1, stride)] : []),
      conv('conv_3x3', reduced, 3, p.conv_3x3, stride),
      conv('double_2', double, 3, p.double_3x3, stride),
      p.pool_projection > 0 ? conv('pool_projection', pool, 1, p.pool_projection) : pool,
    )
  },
  examples: [
    {
      inputs: [[7, 6, 4]],
      params: { conv_1x1: 2, conv_3x3_reduce: 2, conv_3x3: 3, double_reduce: 1, double_3x3: 2, pool_projection: 2 },
    },
    {
      inputs: [[5, 6, 3]],
      params: {
        conv_1x1: 0,
        conv_3x3_reduce: 1,
        conv_3x3: 2,
        double_reduce: 2,
        double_3x3: 1,
        pool: 'max',
        pool_projection: 0,
        stride: 2,
        bias: true,
      },
    },
  ],
})
