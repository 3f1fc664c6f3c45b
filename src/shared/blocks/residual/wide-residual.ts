import { int, number } from '../../layers/fields.js'
import { defineBlock } from '../define.js'
import { preactivated } from './preactivation.js'

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
  expand: ({ width, factor, ...p }, g, input) => preactivated(g, input, { filters: width * factor, ...p }),
  examples: [
    { inputs: [[5, 6, 4]], params: { width: 2, factor: 2 } },
    { inputs: [[7, 6, 3]], params: { width: 1, factor: 3, stride: 2, rate: 0 } },
  ],
})
