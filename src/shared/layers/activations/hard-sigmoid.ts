import { defineActivation } from './activation.js'

/** min(max(x + 3, 0), 6) / 6 (Howard et al. 2019, section 5.2), as Keras 3 and PyTorch have it; Keras 2 had slope 0.2. */
export const hardSigmoid = defineActivation({
  type: 'hard_sigmoid',
  title: 'Hard sigmoid',
  doc: 'A sigmoid of three straight lines, as in the gates of MobileNet v3.',
  formula: 'y = min(max(x + 3, 0), 6) / 6',
  source: 'Howard et al. 2019',
  apply: (tf, x) => tf.div(tf.relu6(tf.add(x, 3)), 6),
  keras: ['Activation', { activation: 'hard_sigmoid' }],
  pytorch: ['nn.Hardsigmoid'],
})
