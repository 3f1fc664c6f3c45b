import { flag, int, number } from '../../layers/fields.js'
import { defineBlock } from '../define.js'
import { channelsInto } from '../parts.js'
import { invertedResidual } from './inverted.js'

/** Inverted residual of MobileNet v2 (Sandler et al. 2018, table 1): t times the channels inside, ReLU6, a linear end. */
export const invertedResidualV2 = defineBlock({
  type: 'inverted_residual',
  title: 'Inverted residual',
  doc: 'Widens the image by a 1x1 convolution, looks around channel by channel, and narrows it again without an activation; the narrow ends are added. Few weights, little work.',
  source: 'Sandler et al. 2018',
  typical: [56, 56, 24],
  params: {
    channels: int('Channels out.', 24),
    expansion: number('Channels inside, in multiples of those that come in (t).', 6, { min: 1, max: 64 }),
    kernel: int('Kernel height and width of the depthwise convolution.', 3, { max: 64 }),
    stride: int('2 halves the image.', 1, { max: 8 }),
    always: flag('The first 1x1 convolution stands also where t is 1, as in the table of the paper.', false),
  },
  summary: (p) => `× ${p.expansion} → ${p.channels}${p.stride === 1 ? '' : ` / ${p.stride}`}`,
  expand: ({ expansion, ...p }, g, input) => {
    const hidden = Math.min(Math.round(channelsInto(g, input) * expansion), 65_536)
    return invertedResidual(g, input, { ...p, hidden, activation: 'relu6' })
  },
  examples: [
    { inputs: [[5, 6, 3]], params: { channels: 3, expansion: 2 } },
    { inputs: [[7, 6, 2]], params: { channels: 4, expansion: 3, stride: 2 } },
    { inputs: [[6, 5, 4]], params: { channels: 2, expansion: 1, kernel: 5 } },
    { inputs: [[5, 4, 3]], params: { channels: 3, expansion: 1, always: true } },
  ],
})
