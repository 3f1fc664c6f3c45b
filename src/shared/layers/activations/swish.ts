import { defineActivation } from './activation.js'

/** x / (1 + exp(-x)) (Ramachandran et al. 2017). */
export const swish = defineActivation({
  type: 'swish',
  title: 'Swish',
  doc: 'Value times its sigmoid (also called SiLU), as in EfficientNet.',
  apply: (tf, x) => tf.mul(x, tf.sigmoid(x)),
  keras: ['Activation', { activation: 'silu' }],
  pytorch: ['nn.SiLU'],
})
