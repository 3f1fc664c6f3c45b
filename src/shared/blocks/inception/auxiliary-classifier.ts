import { choice, flag, int, number } from '../../layers/fields.js'
import { defineBlock } from '../define.js'
import { convolve } from '../parts.js'

/**
 * Auxiliary classifier of GoogLeNet (Szegedy et al. 2015, section 5) up to its logits; the head follows outside. torchvision
 * pools to 4x4 whatever the size, which at the paper's 14x14 is the same.
 */
export const auxiliaryClassifier = defineBlock({
  type: 'auxiliary_classifier',
  title: 'Auxiliary classifier',
  doc: 'A small classifier on a middle layer. Its loss, with a small weight, feeds gradients into the early layers. Connect a head to it.',
  source: 'Szegedy et al. 2015',
  typical: [14, 14, 512],
  params: {
    classes: int('Classes of the data.', 1000),
    pooling: choice(
      'Windows of a fixed size, as in the paper, or 4x4 of them whatever the size of the image, as in torchvision.',
      'window',
      'adaptive',
    ),
    pool: int('Window of the average pool in px.', 5, { max: 64 }),
    pool_stride: int('Step of the average pool.', 3, { max: 64 }),
    filters: int('Filters of the 1x1 convolution.', 128),
    units: int('Units of the hidden dense layer.', 1024),
    rate: number('Share of hidden values that dropout sets to zero.', 0.7, { min: 0, max: 0.99 }),
    batch_norm: flag('Batch norm behind the convolution (not in the paper).', false),
  },
  summary: (p) => `${p.classes} classes`,
  expand: (p, g, input) => {
    const pool =
      p.pooling === 'adaptive'
        ? g.add('pool', 'adaptive_average_pool', { size: 4 }, input)
        : g.add('pool', 'average_pool', { kernel: p.pool, stride: p.pool_stride, padding: 'valid' }, input)
    const spec = { filters: p.filters, kernel: 1, batchNorm: p.batch_norm, activation: 'relu' }
    const conv = convolve(g, 'conv', pool, spec)
    const hidden = g.add('hidden', 'dense', { units: p.units }, g.add('flatten', 'flatten', {}, conv))
    const dropped = g.add('dropout', 'dropout', { rate: p.rate }, g.add('hidden_relu', 'relu', {}, hidden))
    return g.add('logits', 'dense', { units: p.classes }, dropped)
  },
  examples: [
    { inputs: [[8, 9, 4]], params: { classes: 3, filters: 4, units: 6 } },
    { inputs: [[9, 6, 3]], params: { classes: 3, pooling: 'adaptive', filters: 4, units: 6 } },
    {
      inputs: [[4, 4, 3]],
      params: { classes: 5, pool: 2, pool_stride: 2, filters: 2, units: 4, rate: 0, batch_norm: true },
    },
  ],
})
