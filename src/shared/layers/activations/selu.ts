import { defineActivation } from './activation.js'

/** Constants of Klambauer et al. 2017, equation 14, for mean 0 and variance 1. */
const ALPHA = 1.6732632423543772
const SCALE = 1.0507009873554805

/** scale * x for x > 0, scale * alpha * (exp(x) - 1) otherwise. */
export const selu = defineActivation({
  type: 'selu',
  title: 'SELU',
  doc: 'A scaled ELU that keeps mean and variance from layer to layer, so that deep nets train without norms.',
  formula: 'y = 1.0507 · x where x > 0, else 1.7581 · (exp(x) - 1)',
  source: 'Klambauer et al. 2017',
  apply: (tf, x) => {
    const positive = tf.relu(x)
    const negative = tf.sub(tf.elu(x), positive)
    return tf.add(tf.mul(positive, SCALE), tf.mul(negative, SCALE * ALPHA))
  },
  keras: ['Activation', { activation: 'selu' }],
  pytorch: ['nn.SELU'],
})
