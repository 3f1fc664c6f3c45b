import { defineActivation } from './activation.js'

/** max(x, 0) (Nair and Hinton 2010). */
export const relu = defineActivation({
  type: 'relu',
  title: 'ReLU',
  doc: 'Keeps positive values and sets negative ones to zero.',
  apply: (tf, x) => tf.relu(x),
  keras: ['ReLU', {}],
  pytorch: ['nn.ReLU'],
})
