import { defineActivation } from './activation.js'

/** exp(x) / sum(exp(x)) over the channels of each place, or over the units of a vector. */
export const softmax = defineActivation({
  type: 'softmax',
  title: 'Softmax',
  doc: 'Makes shares of the channels that sum to 1, at every place of an image by itself, as attention needs them. A head has its own softmax: do not put one in front of it.',
  formula: 'y[c] = exp(x[c]) / Σ over d of exp(x[d])',
  source: 'Bridle 1990',
  apply: (tf, x) => tf.softmax(x),
  keras: ['Softmax', { axis: -1 }],
  pytorch: ['nn.Softmax', { dim: 1 }],
})
