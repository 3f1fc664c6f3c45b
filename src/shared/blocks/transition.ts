import { number } from '../layers/fields.js'
import { defineBlock } from './define.js'
import { normedConv } from './dense-block.js'
import { channelsInto } from './parts.js'

/** Transition between dense blocks (Huang et al. 2017, section 3): fewer channels, then half the size. */
export const transition = defineBlock({
  type: 'transition',
  title: 'Transition',
  doc: 'A 1x1 convolution keeps a share of the channels, and an average pool halves the image.',
  source: 'Huang et al. 2017',
  typical: [56, 56, 256],
  params: { compression: number('Share of the channels kept, rounded down.', 0.5, { min: 0.01, max: 1 }) },
  summary: (p) => `× ${p.compression}`,
  expand: (p, g, input) => {
    const filters = Math.max(1, Math.floor(channelsInto(g, input) * p.compression))
    const conv = normedConv(g, 'reduce', input, filters, 1)
    return g.add('pool', 'average_pool', { kernel: 2, stride: 2, padding: 'valid' }, conv)
  },
  examples: [{ inputs: [[6, 5, 5]] }, { inputs: [[4, 4, 3]], params: { compression: 1 } }],
})
