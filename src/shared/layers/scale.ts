import { defineLayer } from './define.js'
import { number } from './fields.js'
import { first } from './geometry.js'

/** Every value times one constant, as residual scaling does (Szegedy et al. 2017, section 3.3); no weights. */
export const scale = defineLayer({
  type: 'scale',
  title: 'Scale',
  family: 'norm',
  doc: 'Multiplies every value by a constant. In front of an add it damps a residual branch, so that very wide nets stay stable.',
  formula: 'y = factor · x',
  source: 'Szegedy et al. 2017',
  inputs: 'one',
  params: { factor: number('What every value is multiplied by.', 0.2, { min: -1e6, max: 1e6 }) },
  summary: (p) => `× ${p.factor}`,
  infer: (_p, inputs) => first(inputs),
  apply: ({ tf }, p, inputs) => tf.mul(first(inputs), p.factor),
  keras: (p) => ['Rescaling', { scale: p.factor, offset: 0 }],
  pytorch: (p) => ['torch.mul', p.factor],
  examples: [
    { inputs: [[5, 4, 3]] },
    { inputs: [[7]], params: { factor: -1.5 } },
    { inputs: [[null, null, 2]], params: { factor: 0.17 } },
  ],
})
