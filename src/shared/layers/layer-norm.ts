import { defineLayer } from './define.js'
import { flag, number } from './fields.js'
import { first } from './geometry.js'
import { channelsOf } from './shapes.js'
import { affine, affineWeights } from './standardize.js'

/**
 * Layer normalisation (Ba et al. 2016) over the channels of each place, as Keras and ConvNeXt have it; weights `gamma` and
 * `beta` [channels].
 */
export const layerNorm = defineLayer({
  type: 'layer_norm',
  title: 'Layer norm',
  family: 'norm',
  doc: 'Brings the channels of every place to mean 0 and variance 1, then scales and shifts them. Needs no batch and does the same while training and afterwards.',
  formula: 'y = gamma · (x - mean) / √(variance + epsilon) + beta; mean and variance over the channels of each place',
  source: 'Ba et al. 2016',
  inputs: 'one',
  params: {
    epsilon: number('Added to the variance before the root.', 1e-3, { min: 1e-12, max: 1 }),
    scale: flag('Learn a factor per channel (gamma).', true),
    center: flag('Learn an offset per channel (beta).', true),
  },
  infer: (_p, inputs) => first(inputs),
  weights: (p, inputs) => affineWeights(p, channelsOf(first(inputs))),
  apply: ({ tf }, p, inputs, weights) => {
    const x = first(inputs)
    const centred = tf.sub(x, tf.mean(x, -1, true))
    const variance = tf.mean(tf.square(centred), -1, true)
    return affine(tf, tf.div(centred, tf.sqrt(tf.add(variance, p.epsilon))), weights)
  },
  keras: (p) => ['LayerNormalization', { axis: -1, epsilon: p.epsilon, scale: p.scale, center: p.center }],
  pytorch: (p, inputs) => {
    const x = first(inputs)
    const norm = ['nn.LayerNorm', channelsOf(x), { eps: p.epsilon, elementwise_affine: p.scale || p.center }]
    if (x.length === 1) return norm
    // PyTorch norms the last axis, where its images have their width.
    return ['nn.Sequential', ['torch.permute', [0, 2, 3, 1]], norm, ['torch.permute', [0, 3, 1, 2]]]
  },
  examples: [
    { inputs: [[5, 4, 3]] },
    { inputs: [[7]], params: { epsilon: 1e-6 } },
    { inputs: [[3, 2, 4]], params: { scale: false } },
    { inputs: [[null, null, 6]], params: { scale: false, center: false } },
  ],
})
