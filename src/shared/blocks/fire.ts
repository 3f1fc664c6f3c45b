import { int } from '../layers/fields.js'
import { defineBlock } from './define.js'
import { convolve } from './parts.js'

/** Fire module of SqueezeNet (Iandola et al. 2016, figure 1); channels out = both expanding branches together. */
export const fire = defineBlock({
  type: 'fire',
  title: 'Fire',
  doc: 'A 1x1 convolution squeezes the channels, then 1x1 and 3x3 convolutions side by side expand them: few weights for their worth.',
  source: 'Iandola et al. 2016',
  typical: [55, 55, 96],
  params: {
    squeeze: int('Filters of the squeezing 1x1 convolution.', 16),
    expand_1x1: int('Filters of the expanding 1x1 convolution.', 64),
    expand_3x3: int('Filters of the expanding 3x3 convolution.', 64),
  },
  summary: (p) => `${p.squeeze} → ${p.expand_1x1} + ${p.expand_3x3}`,
  expand: (p, g, input) => {
    const conv = (name: string, x: string, kernel: number, filters: number) =>
      convolve(g, name, x, { filters, kernel, batchNorm: false, activation: 'relu' })
    const squeezed = conv('squeeze', input, 1, p.squeeze)
    const [one, three] = [conv('expand_1x1', squeezed, 1, p.expand_1x1), conv('expand_3x3', squeezed, 3, p.expand_3x3)]
    return g.add('concat', 'concat', {}, one, three)
  },
  examples: [
    { inputs: [[7, 6, 4]], params: { squeeze: 2, expand_1x1: 3, expand_3x3: 2 } },
    { inputs: [[4, 5, 3]], params: { squeeze: 1, expand_1x1: 2, expand_3x3: 4 } },
  ],
})
