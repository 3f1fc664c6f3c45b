import { defineLayer } from '../define.js'
import { first, needImage } from '../geometry.js'
import { channelsOf } from '../shapes.js'

/** Largest value of each channel: [height, width, channels] to [channels]. No weights. */
export const globalMaxPool = defineLayer({
  type: 'global_max_pool',
  title: 'Global max pool',
  family: 'pool',
  doc: 'One number per channel: its largest value in the whole image. Works with images of any size.',
  formula: 'y[c] = max over i, j of x[i, j, c]',
  source: 'Lin et al. 2014',
  inputs: 'one',
  params: {},
  infer: (_p, inputs) => needImage('Global max pool', first(inputs)) ?? [channelsOf(first(inputs))],
  apply: ({ tf }, _p, inputs) => tf.max(first(inputs), [1, 2]),
  keras: () => ['GlobalMaxPooling2D', {}],
  pytorch: () => ['nn.Sequential', ['nn.AdaptiveMaxPool2d', 1], ['nn.Flatten']],
  examples: [{ inputs: [[5, 4, 3]] }, { inputs: [[1, 1, 2]] }, { inputs: [[null, null, 4]] }],
})
