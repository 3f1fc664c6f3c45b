import { defineActivation } from './activation.js'

/** x times the normal distribution function of x, `x (1 + erf(x / sqrt(2))) / 2` (Hendrycks and Gimpel 2016), not the tanh approximation. */
export const gelu = defineActivation({
  type: 'gelu',
  title: 'GELU',
  doc: 'A smooth ReLU that weighs a value by how likely a normal number is to be smaller, as in ConvNeXt and transformers.',
  formula: 'y = x · Φ(x), Φ the share of normal numbers below x',
  source: 'Hendrycks and Gimpel 2016',
  apply: (tf, x) => tf.mul(x, tf.add(tf.mul(tf.erf(tf.mul(x, Math.SQRT1_2)), 0.5), 0.5)),
  keras: ['Activation', { activation: 'gelu' }],
  pytorch: ['nn.GELU'],
})
