import { defineLayer } from '../define.js'
import { int } from '../fields.js'
import { first, needImage } from '../geometry.js'
import { channelsOf } from '../shapes.js'
import { interpolationField, resampled, resampleReading, torchMode } from './resample.js'

/** An image brought to a fixed size, whatever its own; no smoothing before it is made smaller. No weights. */
export const resize = defineLayer({
  type: 'resize',
  title: 'Resize',
  family: 'dense',
  doc: 'Brings images of any size to one height and width, larger or smaller. Many pixels in one are not averaged: for that, pool.',
  formula: 'y[i, j] = x at ((i + 1/2) H / height - 1/2, (j + 1/2) W / width - 1/2)',
  inputs: 'one',
  params: {
    height: int('Height in px that comes out.', 224),
    width: int('Width in px that comes out.', 224),
    interpolation: interpolationField(),
  },
  summary: (p) => `to ${p.height}x${p.width}, ${p.interpolation}`,
  reads: (p, side, x) => {
    const size = x[side] ?? null
    return size === null ? undefined : resampleReading(size, side === 0 ? p.height : p.width, p.interpolation)
  },
  infer: (p, inputs) => needImage('Resize', first(inputs)) ?? [p.height, p.width, channelsOf(first(inputs))],
  apply: ({ tf }, p, inputs) => resampled(tf, first(inputs), [p.height, p.width], p.interpolation),
  keras: (p) => ['Resizing', { height: p.height, width: p.width, interpolation: p.interpolation }],
  pytorch: (p) => ['nn.Upsample', { size: [p.height, p.width], ...torchMode(p.interpolation) }],
  examples: [
    { inputs: [[5, 4, 3]], params: { height: 7, width: 9, interpolation: 'bilinear' } },
    { inputs: [[9, 8, 2]], params: { height: 4, width: 3 } },
    { inputs: [[6, 7, 1]], params: { height: 4, width: 11, interpolation: 'bilinear' } },
    { inputs: [[4, 4, 2]], params: { height: 4, width: 4 } },
    { inputs: [[null, null, 2]], params: { height: 6, width: 5, interpolation: 'bilinear' } },
  ],
})
