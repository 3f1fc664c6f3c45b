import { defineActivation } from './activation.js'

/** max(x, 0) (Nair and Hinton 2010). */
export const relu = defineActivation({
  type: 'relu',
  title: 'ReLU',
  doc: 'Keeps positive values and sets negative ones to zero.',
  formula: 'y = max(x, 0)',
  source: 'Nair and Hinton 2010',
  apply: (tf, x) => tf.relu(x),
  keras: ['ReLU', {}],
  pytorch: ['nn.ReLU'],
})
