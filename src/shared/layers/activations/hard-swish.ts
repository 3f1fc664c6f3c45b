import { defineActivation } from './activation.js'

/** x min(max(x + 3, 0), 6) / 6 (Howard et al. 2019, section 5.2). */
export const hardSwish = defineActivation({
  type: 'hard_swish',
  title: 'Hard swish',
  doc: 'Swish with a sigmoid of straight lines: nearly the same curve without an exponential, as in MobileNet v3.',
  formula: 'y = x · min(max(x + 3, 0), 6) / 6',
  source: 'Howard et al. 2019',
  apply: (tf, x) => tf.mul(x, tf.div(tf.relu6(tf.add(x, 3)), 6)),
  keras: ['Activation', { activation: 'hard_silu' }],
  pytorch: ['nn.Hardswish'],
})
