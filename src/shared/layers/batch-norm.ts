import { defineLayer, type ApplyContext, type Tensor, type WeightSpec } from './define.js'
import { flag, number } from './fields.js'
import { first } from './geometry.js'
import { channelsOf } from './shapes.js'

const constant = (channels: number, value: number, role: WeightSpec['role']): WeightSpec => ({
  shape: [channels],
  init: { kind: 'constant', value },
  role,
})

/**
 * Batch normalisation (Ioffe and Szegedy 2015); weights `gamma`, `beta`, statistics `moving_mean`, `moving_variance`.
 * The moving variance follows the biased batch variance, as in Keras and TensorFlow.js.
 */
export const batchNorm = defineLayer({
  type: 'batch_norm',
  title: 'Batch norm',
  family: 'norm',
  doc: 'Brings every channel to mean 0 and variance 1 over the batch, then scales and shifts it. Uses moving statistics outside training.',
  formula:
    'y = gamma · (x - mean) / √(variance + epsilon) + beta; mean and variance of each channel over the batch, moving ones outside training',
  source: 'Ioffe and Szegedy 2015',
  inputs: 'one',
  params: {
    epsilon: number('Added to the variance before the root.', 1e-3, { min: 1e-12, max: 1 }),
    momentum: number('Share of the old moving statistics kept at each step.', 0.99, { min: 0, max: 1 }),
    scale: flag('Learn a factor per channel (gamma).', true),
    center: flag('Learn an offset per channel (beta).', true),
  },
  infer: (_p, inputs) => first(inputs),
  weights: (p, inputs) => {
    const channels = channelsOf(first(inputs))
    return {
      ...(p.scale && { gamma: constant(channels, 1, 'trainable') }),
      ...(p.center && { beta: constant(channels, 0, 'trainable') }),
      moving_mean: constant(channels, 0, 'statistic'),
      moving_variance: constant(channels, 1, 'statistic'),
    }
  },
  apply: (c, p, inputs, w) => {
    const x = first(inputs)
    const mean = w['moving_mean'] as Tensor
    const variance = w['moving_variance'] as Tensor
    const scale = w['gamma'] ?? c.tf.ones(mean.shape)
    const offset = w['beta'] ?? c.tf.zeros(mean.shape)
    if (!c.training)
      return c.tf.batchNorm(x, mean as never, variance as never, offset as never, scale as never, p.epsilon)
    const outputs = c.tf.engine().runKernel('BatchNormTraining', { x, scale, offset }, { epsilon: p.epsilon })
    const [y, batchMean, batchVariance] = outputs as unknown as [Tensor, Tensor, Tensor]
    c.update('moving_mean', moved(c, mean, batchMean, p.momentum))
    c.update('moving_variance', moved(c, variance, batchVariance, p.momentum))
    return y
  },
  keras: (p) => ['BatchNormalization', { epsilon: p.epsilon, momentum: p.momentum, scale: p.scale, center: p.center }],
  pytorch: (p, inputs) => [
    first(inputs).length === 3 ? 'nn.BatchNorm2d' : 'nn.BatchNorm1d',
    channelsOf(first(inputs)),
    { eps: p.epsilon, momentum: Number((1 - p.momentum).toPrecision(6)), affine: p.scale || p.center },
  ],
  examples: [
    { inputs: [[5, 4, 3]] },
    { inputs: [[3, 3, 2]], params: { scale: false, momentum: 0.9 } },
    { inputs: [[6]], params: { center: false, epsilon: 1e-5 } },
    { inputs: [[null, null, 4]], params: { scale: false, center: false } },
  ],
})

function moved({ tf }: ApplyContext, old: Tensor, batch: Tensor, momentum: number): Tensor {
  return tf.add(tf.mul(old, momentum), tf.mul(batch, 1 - momentum))
}
