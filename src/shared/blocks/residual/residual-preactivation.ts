import { int } from '../../layers/fields.js'
import { defineBlock } from '../define.js'
import { preactivated } from './preactivation.js'

/** Pre-activation residual block (He et al. 2016b, figure 1b): nothing but the addition stands on the skip wire. */
export const residualPreactivation = defineBlock({
  type: 'residual_preactivation',
  title: 'Pre-activation residual',
  doc: 'Batch norm and ReLU come before each convolution, so that the skip wire stays free from end to end: for nets of a hundred blocks and more. End the net with batch norm and ReLU.',
  source: 'He et al. 2016b',
  params: {
    width: int('Channels out.', 64),
    stride: int('Step of the first convolution; 2 halves the image.', 1, { max: 8 }),
  },
  summary: (p) => `${p.width} · 3x3${p.stride === 1 ? '' : ` / ${p.stride}`}`,
  expand: ({ width: filters, stride }, g, input) => preactivated(g, input, { filters, stride }),
  examples: [
    { inputs: [[5, 6, 4]], params: { width: 4 } },
    { inputs: [[7, 6, 3]], params: { width: 5, stride: 2 } },
  ],
})
