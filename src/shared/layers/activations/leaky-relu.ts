import { defineLayer } from '../define.js'
import { number } from '../fields.js'
import { first } from '../geometry.js'

/** x for x > 0, slope * x otherwise (Maas et al. 2013). */
export const leakyRelu = defineLayer({
  type: 'leaky_relu',
  title: 'Leaky ReLU',
  family: 'act',
  doc: 'ReLU that lets a small share of negative values through, so that no unit dies.',
  formula: 'y = x where x > 0, else slope · x',
  source: 'Maas et al. 2013',
  inputs: 'one',
  params: { slope: number('Share of negative values that passes.', 0.1, { min: 0, max: 1 }) },
  summary: (p) => `slope ${p.slope}`,
  infer: (_p, inputs) => first(inputs),
  apply: ({ tf }, p, inputs) => tf.leakyRelu(first(inputs), p.slope),
  keras: (p) => ['LeakyReLU', { negative_slope: p.slope }],
  pytorch: (p) => ['nn.LeakyReLU', { negative_slope: p.slope }],
  examples: [{ inputs: [[5, 4, 3]] }, { inputs: [[7]], params: { slope: 0.3 } }, { inputs: [[null, null, 2]] }],
})
