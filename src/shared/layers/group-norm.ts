import { defineLayer } from './define.js'
import { flag, int, number } from './fields.js'
import { first, inEqualGroups } from './geometry.js'
import { channelsOf } from './shapes.js'
import { affine, affineWeights, standardizeGroups } from './standardize.js'

/** Group normalisation (Wu and He 2018) of images; weights `gamma` and `beta` [channels]. */
export const groupNorm = defineLayer({
  type: 'group_norm',
  title: 'Group norm',
  family: 'norm',
  doc: 'Brings groups of channels to mean 0 and variance 1 in every image by itself, then scales and shifts each channel: the norm for small batches.',
  formula:
    'y = gamma · (x - mean) / √(variance + epsilon) + beta; mean and variance over places and channels of each group',
  source: 'Wu and He 2018',
  inputs: 'one',
  params: {
    groups: int('Parts that the channels are split into; 1 norms the whole image.', 32),
    epsilon: number('Added to the variance before the root.', 1e-3, { min: 1e-12, max: 1 }),
    scale: flag('Learn a factor per channel (gamma).', true),
    center: flag('Learn an offset per channel (beta).', true),
  },
  summary: (p) => (p.groups === 1 ? '1 group' : `${p.groups} groups`),
  infer: (p, inputs) => inEqualGroups('Group norm', first(inputs), p.groups),
  weights: (p, inputs) => affineWeights(p, channelsOf(first(inputs))),
  apply: ({ tf }, p, inputs, weights) => affine(tf, standardizeGroups(tf, first(inputs), p.groups, p.epsilon), weights),
  keras: (p) => ['GroupNormalization', { groups: p.groups, epsilon: p.epsilon, scale: p.scale, center: p.center }],
  pytorch: (p, inputs) => [
    'nn.GroupNorm',
    p.groups,
    channelsOf(first(inputs)),
    { eps: p.epsilon, affine: p.scale || p.center },
  ],
  examples: [
    { inputs: [[5, 4, 6]], params: { groups: 3 } },
    { inputs: [[3, 4, 4]], params: { groups: 1, epsilon: 1e-5, center: false } },
    { inputs: [[2, 3, 3]], params: { groups: 3, scale: false } },
    { inputs: [[null, null, 4]], params: { groups: 2 } },
  ],
})
