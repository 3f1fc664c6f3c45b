import { defineActivation } from './activation.js'

/** x tanh(log(1 + exp(x))) (Misra 2019). */
export const mish = defineActivation({
  type: 'mish',
  title: 'Mish',
  doc: 'Smooth like swish, a little deeper below zero, as in YOLOv4.',
  formula: 'y = x · tanh(ln(1 + exp(x)))',
  source: 'Misra 2019',
  apply: (tf, x) => tf.mul(x, tf.tanh(tf.softplus(x))),
  keras: ['Activation', { activation: 'mish' }],
  pytorch: ['nn.Mish'],
})
