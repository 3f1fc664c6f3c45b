import { defineLayer } from '../define.js'
import { first, needImage } from '../geometry.js'
import { channelsOf } from '../shapes.js'

/** Mean of each channel over height and width: [height, width, channels] to [channels] (Lin et al. 2014). No weights. */
export const globalAveragePool = defineLayer({
  type: 'global_average_pool',
  title: 'Global average pool',
  family: 'pool',
  doc: 'One number per channel: its mean over the whole image. Works with images of any size.',
  formula: 'y[c] = mean over i, j of x[i, j, c]',
  source: 'Lin et al. 2014',
  inputs: 'one',
  params: {},
  infer: (_p, inputs) => needImage('Global average pool', first(inputs)) ?? [channelsOf(first(inputs))],
  apply: ({ tf }, _p, inputs) => tf.mean(first(inputs), [1, 2]),
  keras: () => ['GlobalAveragePooling2D', {}],
  pytorch: () => ['nn.Sequential', ['nn.AdaptiveAvgPool2d', 1], ['nn.Flatten']],
  examples: [{ inputs: [[5, 4, 3]] }, { inputs: [[1, 1, 2]] }, { inputs: [[null, null, 4]] }],
})
