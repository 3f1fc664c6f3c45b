import { defineActivation } from './activation.js'

/** Hyperbolic tangent. */
export const tanh = defineActivation({
  type: 'tanh',
  title: 'Tanh',
  doc: 'Squeezes every value into -1 to 1.',
  formula: 'y = (exp(x) - exp(-x)) / (exp(x) + exp(-x))',
  source: 'LeCun et al. 1998',
  apply: (tf, x) => tf.tanh(x),
  keras: ['Activation', { activation: 'tanh' }],
  pytorch: ['nn.Tanh'],
})
