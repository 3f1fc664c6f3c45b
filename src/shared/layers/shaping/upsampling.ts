import { defineLayer } from '../define.js'
import { size } from '../fields.js'
import { first, needImage } from '../geometry.js'
import { channelsOf } from '../shapes.js'
import { interpolationField, resampled, resampleReading, torchMode } from './resample.js'

/** An image made larger by whole factors; no weights. */
export const upsampling = defineLayer({
  type: 'upsampling',
  title: 'Upsampling',
  family: 'dense',
  doc: 'Makes the image larger by a whole factor, by repeating its pixels or by mixing neighbours: the way back from a small map to a large one without weights.',
  formula: 'y[i, j] = x[i / factor, j / factor]',
  inputs: 'one',
  params: {
    factor: size('How many times as high and as wide.', 2, { max: 64 }),
    interpolation: interpolationField(),
  },
  summary: (p) => `× ${p.factor[0] === p.factor[1] ? p.factor[0] : p.factor.join('x')}, ${p.interpolation}`,
  reads: (p, side) => resampleReading(1, p.factor[side], p.interpolation),
  infer: (p, inputs) => {
    const x = first(inputs)
    const times = (side: 0 | 1) => (typeof x[side] === 'number' ? x[side] * p.factor[side] : null)
    return needImage('Upsampling', x) ?? [times(0), times(1), channelsOf(x)]
  },
  apply: ({ tf }, p, inputs) => {
    const x = first(inputs)
    const [, height, width] = x.shape as [number, number, number]
    return resampled(tf, x, [height * p.factor[0], width * p.factor[1]], p.interpolation)
  },
  keras: (p) => ['UpSampling2D', { size: p.factor, interpolation: p.interpolation }],
  pytorch: (p) => ['nn.Upsample', { scale_factor: p.factor, ...torchMode(p.interpolation) }],
  examples: [
    { inputs: [[5, 4, 3]] },
    { inputs: [[3, 4, 2]], params: { factor: [3, 1], interpolation: 'bilinear' } },
    { inputs: [[1, 2, 1]], params: { factor: [4, 5], interpolation: 'bilinear' } },
    { inputs: [[1, 1, 2]], params: { factor: [2, 3] } },
    { inputs: [[null, null, 2]], params: { interpolation: 'bilinear' } },
  ],
})
