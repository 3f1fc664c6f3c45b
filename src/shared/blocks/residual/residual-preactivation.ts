import { int } from '../../layers/fields.js'
import { normedConv } from '../dense-block.js'
import { defineBlock } from '../define.js'
import { BATCH_NORM } from '../parts.js'

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
  summary: (p) => `${p.width}${p.stride === 1 ? '' : ` / ${p.stride}`}`,
  expand: (p, g, input) => {
    const { width: filters, stride } = p
    const active = g.add('relu', 'relu', {}, g.add('bn', 'batch_norm', BATCH_NORM, input))
    const first = g.add('conv_1', 'conv2d', { filters, kernel: 3, stride, bias: false }, active)
    const branch = normedConv(g, 'second', first, filters, 3)
    // With an open image size equal shapes do not mean equal sizes: a stride always takes the projection.
    const fits = stride === 1 && g.fits(input, branch)
    const projected = { filters, kernel: 1, stride, bias: false }
    return g.add('add', 'add', {}, branch, fits ? input : g.add('projection', 'conv2d', projected, active))
  },
  examples: [
    { inputs: [[5, 6, 4]], params: { width: 4 } },
    { inputs: [[7, 6, 3]], params: { width: 5, stride: 2 } },
  ],
})
