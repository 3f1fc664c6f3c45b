import { defineLayer } from '../define.js'
import { number } from '../fields.js'
import { first } from '../geometry.js'
import { keepSome } from './keep.js'

/** Inverted dropout (Srivastava et al. 2014): the mean stays, nothing happens outside training; no weights. */
export const dropout = defineLayer({
  type: 'dropout',
  title: 'Dropout',
  family: 'norm',
  doc: 'While training, sets a random share of the values to zero and scales the others up. Does nothing afterwards.',
  formula: 'while training y = x · keep / (1 - rate), keep 0 with probability rate, else 1; afterwards y = x',
  source: 'Srivastava et al. 2014',
  inputs: 'one',
  trainingOnly: true,
  params: { rate: number('Share of values set to zero.', 0.5, { min: 0, max: 0.99 }) },
  summary: (p) => `rate ${p.rate}`,
  infer: (_p, inputs) => first(inputs),
  apply: (c, p, inputs) => keepSome(c, first(inputs), p.rate, first(inputs).shape),
  keras: (p) => ['Dropout', { rate: p.rate }],
  pytorch: (p) => ['nn.Dropout', { p: p.rate }],
  examples: [
    { inputs: [[12]], params: { rate: 0.4 } },
    { inputs: [[5, 3, 2]], params: { rate: 0.25 } },
    { inputs: [[6]], params: { rate: 0 } },
  ],
})
