import { defineActivation } from './activation.js'

/** x for x > 0, exp(x) - 1 otherwise (Clevert et al. 2016, alpha 1). */
export const elu = defineActivation({
  type: 'elu',
  title: 'ELU',
  doc: 'Positive values unchanged, negative ones bend towards -1.',
  formula: 'y = x where x > 0, else exp(x) - 1',
  source: 'Clevert et al. 2016',
  apply: (tf, x) => tf.elu(x),
  keras: ['ELU', { alpha: 1 }],
  pytorch: ['nn.ELU'],
})
