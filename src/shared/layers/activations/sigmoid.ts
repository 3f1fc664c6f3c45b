import { defineActivation } from './activation.js'

/** 1 / (1 + exp(-x)). */
export const sigmoid = defineActivation({
  type: 'sigmoid',
  title: 'Sigmoid',
  doc: 'Squeezes every value into 0 to 1.',
  formula: 'y = 1 / (1 + exp(-x))',
  source: 'Rumelhart et al. 1986',
  apply: (tf, x) => tf.sigmoid(x),
  keras: ['Activation', { activation: 'sigmoid' }],
  pytorch: ['nn.Sigmoid'],
})
