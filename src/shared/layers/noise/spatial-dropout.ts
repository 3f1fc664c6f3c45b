import { defineLayer } from '../define.js'
import { number } from '../fields.js'
import { first, needImage } from '../geometry.js'
import { channelsOf } from '../shapes.js'
import { keepSome } from './keep.js'

/** Dropout of whole channels of an image (Tompson et al. 2015, section 3.2); no weights. */
export const spatialDropout = defineLayer({
  type: 'spatial_dropout',
  title: 'Spatial dropout',
  family: 'norm',
  doc: 'While training, sets a random share of the channels of each image to zero and scales the others up. Neighbouring pixels know each other, so dropping single ones in front of a convolution would hide little.',
  formula:
    'while training y[i, j, c] = x[i, j, c] · keep[c] / (1 - rate), keep 0 with probability rate, else 1; afterwards y = x',
  source: 'Tompson et al. 2015',
  inputs: 'one',
  trainingOnly: true,
  params: { rate: number('Share of channels set to zero.', 0.2, { min: 0, max: 0.99 }) },
  summary: (p) => `rate ${p.rate}`,
  infer: (_p, inputs) => needImage('Spatial dropout', first(inputs)) ?? first(inputs),
  apply: (c, p, inputs) => {
    const x = first(inputs)
    return keepSome(c, x, p.rate, [x.shape[0] as number, 1, 1, channelsOf(x.shape)])
  },
  keras: (p) => ['SpatialDropout2D', { rate: p.rate }],
  pytorch: (p) => ['nn.Dropout2d', { p: p.rate }],
  examples: [
    { inputs: [[5, 3, 4]], params: { rate: 0.4 } },
    { inputs: [[2, 2, 1]], params: { rate: 0 } },
    { inputs: [[null, null, 6]] },
  ],
})
