import { defineActivation } from './activation.js'

/** log(1 + exp(x)) (Dugas et al. 2001). */
export const softplus = defineActivation({
  type: 'softplus',
  title: 'Softplus',
  doc: 'A ReLU without a corner; always positive.',
  formula: 'y = ln(1 + exp(x))',
  source: 'Dugas et al. 2001',
  apply: (tf, x) => tf.softplus(x),
  keras: ['Activation', { activation: 'softplus' }],
  pytorch: ['nn.Softplus'],
})
