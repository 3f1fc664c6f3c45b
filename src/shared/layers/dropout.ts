import { defineLayer } from './define.js'
import { number } from './fields.js'
import { first } from './geometry.js'

/** Inverted dropout (Srivastava et al. 2014): the mean stays, nothing happens outside training; no weights. */
export const dropout = defineLayer({
  type: 'dropout',
  title: 'Dropout',
  family: 'norm',
  doc: 'While training, sets a random share of the values to zero and scales the others up. Does nothing afterwards.',
  inputs: 'one',
  params: { rate: number('Share of values set to zero.', 0.5, { min: 0, max: 0.99 }) },
  summary: (p) => `rate ${p.rate}`,
  infer: (_p, inputs) => first(inputs),
  apply: (c, p, inputs) => {
    const x = first(inputs)
    if (!c.training || p.rate === 0) return x
    const kept = c.tf.cast(c.tf.greaterEqual(c.random(x.shape), p.rate), 'float32')
    return c.tf.mul(x, c.tf.mul(kept, 1 / (1 - p.rate)))
  },
  keras: (p) => ['Dropout', { rate: p.rate }],
  pytorch: (p) => ['nn.Dropout', { p: p.rate }],
  examples: [
    { inputs: [[12]], params: { rate: 0.4 } },
    { inputs: [[5, 3, 2]], params: { rate: 0.25 } },
    { inputs: [[6]], params: { rate: 0 } },
  ],
})
