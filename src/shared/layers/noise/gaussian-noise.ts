import { defineLayer, type ApplyContext, type Tensor } from '../define.js'
import { number } from '../fields.js'
import { first } from '../geometry.js'

/** Normal noise added while training; no weights. */
export const gaussianNoise = defineLayer({
  type: 'gaussian_noise',
  title: 'Gaussian noise',
  family: 'norm',
  doc: 'While training, adds normal noise of mean 0 to every value, which makes the net less sure of details. Does nothing afterwards.',
  formula: 'while training y = x + deviation · normal number; afterwards y = x',
  source: 'Bishop 1995',
  inputs: 'one',
  trainingOnly: true,
  params: { deviation: number('Standard deviation of the noise.', 0.1, { min: 0, max: 1e3 }) },
  summary: (p) => `σ ${p.deviation}`,
  infer: (_p, inputs) => first(inputs),
  apply: (c, p, inputs) => {
    const x = first(inputs)
    if (!c.training || p.deviation === 0) return x
    return c.tf.add(x, c.tf.mul(normal(c, x.shape), p.deviation))
  },
  keras: (p) => ['GaussianNoise', { stddev: p.deviation }],
  pytorch: () => undefined,
  examples: [
    { inputs: [[12]] },
    { inputs: [[5, 3, 2]], params: { deviation: 1 } },
    { inputs: [[null, null, 1]], params: { deviation: 0 } },
  ],
})

/** Normal numbers from two uniform ones each (Box and Muller 1958). */
function normal({ tf, random }: ApplyContext, shape: readonly number[]): Tensor {
  const radius = tf.sqrt(tf.mul(tf.log(tf.sub(1, random(shape))), -2))
  return tf.mul(radius, tf.cos(tf.mul(random(shape), 2 * Math.PI)))
}
