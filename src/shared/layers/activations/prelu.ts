import { defineLayer, type Tensor } from '../define.js'
import { first } from '../geometry.js'
import { channelsOf, isImage } from '../shapes.js'

/** x for x > 0, alpha * x otherwise, alpha learned for each channel (He et al. 2015, section 2.1); weight `alpha` [channels]. */
export const prelu = defineLayer({
  type: 'prelu',
  title: 'PReLU',
  family: 'act',
  doc: 'Leaky ReLU whose share of negative values is learned, one for each channel.',
  formula: 'y[c] = x[c] where x[c] > 0, else alpha[c] · x[c], alpha learned',
  source: 'He et al. 2015',
  inputs: 'one',
  params: {},
  infer: (_p, inputs) => first(inputs),
  weights: (_p, inputs) => ({
    alpha: { shape: [channelsOf(first(inputs))], init: { kind: 'constant', value: 0.25 }, role: 'trainable' },
  }),
  apply: ({ tf }, _p, inputs, { alpha }) => {
    const x = first(inputs)
    return tf.sub(tf.relu(x), tf.mul(tf.relu(tf.neg(x)), alpha as Tensor))
  },
  keras: (_p, inputs) => ['PReLU', isImage(first(inputs)) ? { shared_axes: [1, 2] } : {}],
  pytorch: (_p, inputs) => ['nn.PReLU', channelsOf(first(inputs))],
  examples: [{ inputs: [[5, 4, 3]] }, { inputs: [[7]] }, { inputs: [[null, null, 2]] }],
})
