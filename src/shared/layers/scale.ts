import { defineLayer } from './define.js'
import { number } from './fields.js'
import { first } from './geometry.js'

/** Every value times one constant, as residual scaling does (Szegedy et al. 2017, section 3.3), plus another; no weights. */
export const scale = defineLayer({
  type: 'scale',
  title: 'Scale',
  family: 'norm',
  doc: 'Multiplies every value by a constant and adds another. In front of an add it damps a residual branch, so that very wide nets stay stable; behind the input it sets the range of the values: factor 2 and offset -1 make -1 to 1 of 0 to 1.',
  formula: 'y = factor · x + offset',
  source: 'Szegedy et al. 2017',
  inputs: 'one',
  params: {
    factor: number('What every value is multiplied by.', 0.2, { min: -1e6, max: 1e6 }),
    offset: number('What is added to every value afterwards.', 0, { min: -1e6, max: 1e6 }),
  },
  summary: (p) => `× ${p.factor}${p.offset === 0 ? '' : ` ${p.offset > 0 ? '+' : '-'} ${Math.abs(p.offset)}`}`,
  infer: (_p, inputs) => first(inputs),
  apply: ({ tf }, p, inputs) => {
    const y = tf.mul(first(inputs), p.factor)
    return p.offset === 0 ? y : tf.add(y, p.offset)
  },
  keras: (p) => ['Rescaling', { scale: p.factor, offset: p.offset }],
  pytorch: (p) =>
    p.offset === 0 ? ['torch.mul', p.factor] : ['nn.Sequential', ['torch.mul', p.factor], ['torch.add', p.offset]],
  examples: [
    { inputs: [[5, 4, 3]] },
    { inputs: [[7]], params: { factor: -1.5 } },
    { inputs: [[null, null, 2]], params: { factor: 0.17 } },
    { inputs: [[4, 5, 3]], params: { factor: 2, offset: -1 } },
  ],
})
