import { defineLayer } from '../define.js'
import { number } from '../fields.js'
import { first } from '../geometry.js'
import { keepSome } from './keep.js'

/**
 * Drops the whole of what comes in, image by image (Huang et al. 2016, section 3). As in torchvision's mode `row`, what stays is
 * scaled by 1 / (1 - rate) while training instead of by 1 - rate afterwards; no weights.
 */
export const stochasticDepth = defineLayer({
  type: 'stochastic_depth',
  title: 'Stochastic depth',
  family: 'norm',
  doc: 'At the end of a residual branch, in front of the add: while training, leaves the branch out for a random share of the images and scales it up for the others. Does nothing afterwards.',
  formula: 'while training y = x · keep / (1 - rate), keep 0 for a share rate of the images, else 1; afterwards y = x',
  source: 'Huang et al. 2016',
  inputs: 'one',
  trainingOnly: true,
  params: { rate: number('Share of images that go without the branch.', 0.2, { min: 0, max: 0.99 }) },
  summary: (p) => `rate ${p.rate}`,
  infer: (_p, inputs) => first(inputs),
  apply: (c, p, inputs) => {
    const x = first(inputs)
    return keepSome(
      c,
      x,
      p.rate,
      x.shape.map((size, axis) => (axis === 0 ? size : 1)),
    )
  },
  keras: (p, inputs) => ['Dropout', { rate: p.rate, noise_shape: [null, ...first(inputs).map(() => 1)] }],
  pytorch: (p) => ['torchvision.ops.StochasticDepth', { p: p.rate, mode: 'row' }],
  examples: [
    { inputs: [[5, 3, 2]], params: { rate: 0.4 } },
    { inputs: [[6]], params: { rate: 0.5 } },
    { inputs: [[4, 4, 1]], params: { rate: 0 } },
    { inputs: [[null, null, 3]] },
  ],
})
