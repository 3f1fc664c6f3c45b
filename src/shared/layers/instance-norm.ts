import { defineLayer } from './define.js'
import { flag, number } from './fields.js'
import { first, needImage } from './geometry.js'
import { channelsOf } from './shapes.js'
import { affine, affineWeights, standardizeGroups } from './standardize.js'

/** Instance normalisation (Ulyanov et al. 2016) of images; weights `gamma` and `beta` [channels]. */
export const instanceNorm = defineLayer({
  type: 'instance_norm',
  title: 'Instance norm',
  family: 'norm',
  doc: 'Brings every channel of every image by itself to mean 0 and variance 1, then scales and shifts it: contrast is taken out, as in style transfer.',
  formula: 'y = gamma · (x - mean) / √(variance + epsilon) + beta; mean and variance of each channel of each image',
  source: 'Ulyanov et al. 2016',
  inputs: 'one',
  params: {
    epsilon: number('Added to the variance before the root.', 1e-5, { min: 1e-12, max: 1 }),
    scale: flag('Learn a factor per channel (gamma).', true),
    center: flag('Learn an offset per channel (beta).', true),
  },
  infer: (_p, inputs) => needImage('Instance norm', first(inputs)) ?? first(inputs),
  weights: (p, inputs) => affineWeights(p, channelsOf(first(inputs))),
  apply: ({ tf }, p, inputs, weights) => {
    const x = first(inputs)
    return affine(tf, standardizeGroups(tf, x, channelsOf(x.shape), p.epsilon), weights)
  },
  keras: (p, inputs) => [
    'GroupNormalization',
    { groups: channelsOf(first(inputs)), epsilon: p.epsilon, scale: p.scale, center: p.center },
  ],
  pytorch: (p, inputs) => [
    'nn.InstanceNorm2d',
    channelsOf(first(inputs)),
    { eps: p.epsilon, affine: p.scale || p.center },
  ],
  examples: [
    { inputs: [[5, 4, 3]] },
    { inputs: [[3, 2, 2]], params: { epsilon: 1e-3, center: false } },
    { inputs: [[null, null, 4]], params: { scale: false, center: false } },
  ],
})
