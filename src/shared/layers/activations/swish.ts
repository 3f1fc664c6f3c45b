import { defineActivation } from './activation.js'

/** x / (1 + exp(-x)) (Ramachandran et al. 2017). */
export const swish = defineActivation({
  type: 'swish',
  title: 'Swish',
  doc: 'Value times its sigmoid (also called SiLU), as in EfficientNet.',
  formula: 'y = x / (1 + exp(-x))',
  source: 'Ramachandran et al. 2017',
  apply: (tf, x) => tf.mul(x, tf.sigmoid(x)),
  keras: ['Activation', { activation: 'silu' }],
  pytorch: ['nn.SiLU'],
})
