import { flag, int } from '../../layers/fields.js'
import { defineBlock } from '../define.js'
import { convolve } from '../parts.js'

/** Auxiliary classifier of Inception-v3 (Szegedy et al. 2016, figure 8) as torchvision has it, up to its logits. */
export const auxiliaryClassifierV3 = defineBlock({
  type: 'auxiliary_classifier_v3',
  title: 'Auxiliary classifier v3',
  doc: 'The side classifier of Inception-v3: two convolutions with batch norm instead of a hidden dense layer. Connect a head to it.',
  source: 'Szegedy et al. 2016',
  typical: [17, 17, 768],
  params: {
    classes: int('Classes of the data.', 1000),
    filters: int('Filters of the 1x1 convolution.', 128),
    last: int('Filters of the 5x5 convolution.', 768),
    bn_scale: flag('Batch norm learns a factor per channel.', true),
  },
  summary: (p) => `${p.classes} classes`,
  expand: (p, g, input) => {
    const rest = { batchNorm: true, scale: p.bn_scale, activation: 'relu' }
    const pool = g.add('pool', 'average_pool', { kernel: 5, stride: 3, padding: 'valid' }, input)
    const first = convolve(g, 'conv_1', pool, { filters: p.filters, kernel: 1, ...rest })
    const second = convolve(g, 'conv_2', first, { filters: p.last, kernel: 5, padding: 'valid', ...rest })
    return g.add('logits', 'dense', { units: p.classes }, g.add('mean', 'global_average_pool', {}, second))
  },
  examples: [
    { inputs: [[17, 18, 2]], params: { classes: 3, filters: 2, last: 3 } },
    { inputs: [[20, 17, 2]], params: { classes: 2, filters: 2, last: 3, bn_scale: false } },
  ],
})
