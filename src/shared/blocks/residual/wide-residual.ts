import { int, number } from '../../layers/fields.js'
import { BATCH_NORM } from '../parts.js'
import { normedConv } from '../dense-block.js'
import { defineBlock } from '../define.js'

/** Block of wide residual nets, B(3,3) with dropout between (Zagoruyko and Komodakis 2016, figure 1d). */
export const wideResidual = defineBlock({
  type: 'wide_residual',
  title: 'Wide residual',
  doc: 'A pre-activation residual block that is k times as wide, with dropout between its convolutions: few wide blocks train faster than many narrow ones.',
  source: 'Zagoruyko and Komodakis 2016',
  typical: [32, 32, 64],
  params: {
    width: int('Channels out before they are multiplied.', 16, { max: 4096 }),
    factor: int('Widening factor k.', 4, { max: 16 }),
    stride: int('Step of the first convolution; 2 halves the image.', 1, { max: 8 }),
    rate: number('Share of values that dropout sets to zero; 0 leaves it out.', 0.3, { min: 0, max: 0.99 }),
  },
  summary: (p) => `${p.width} × ${p.factor}${p.stride === 1 ? '' : ` / ${p.stride}`}`,
  expand: (p, g, input) => {
    const { stride, rate } = p
    const filters = p.width * p.factor
    const active = g.add('relu', 'relu', {}, g.add('bn', 'batch_norm', BATCH_NORM, input))
    const first = g.add('conv_1', 'conv2d', { filters, kernel: 3, stride, bias: false }, active)
    const second = normedConv(g, 'second', first, filters, 3, { rate })
    // With an open image size equal shapes do not mean equal sizes: a stride always takes the projection.
    const fits = stride === 1 && g.fits(input, second)
    const projected = { filters, kernel: 1, stride, bias: false }
    return g.add('add', 'add', {}, second, fits ? input : g.add('projection', 'conv2d', projected, active))
  },
  examples: [
    { inputs: [[5, 6, 4]], params: { width: 2, factor: 2 } },
    { inputs: [[7, 6, 3]], params: { width: 1, factor: 3, stride: 2, rate: 0 } },
  ],
})
