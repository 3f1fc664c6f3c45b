import { choice, flag, int } from '../../layers/fields.js'
import { defineBlock } from '../define.js'
import { byEights, invertedResidual } from './inverted.js'
import { squeezeAndExcite } from './squeeze-excite.js'

/** Block of MobileNet v3 (Howard et al. 2019, figure 4): the inverted residual with squeeze and excitation in its middle. */
export const invertedResidualV3 = defineBlock({
  type: 'inverted_residual_v3',
  title: 'Inverted residual v3',
  doc: 'The inverted residual of MobileNet v3: a wide middle that looks around channel by channel and may weigh its channels, between narrow ends.',
  source: 'Howard et al. 2019',
  typical: [56, 56, 24],
  params: {
    hidden: int('Channels of the wide middle.', 64),
    channels: int('Channels out.', 24),
    kernel: int('Kernel height and width of the depthwise convolution.', 3, { max: 64 }),
    stride: int('2 halves the image.', 1, { max: 8 }),
    squeeze_excite: flag('Weigh the channels of the middle; its dense layer has a quarter as many units.', false),
    activation: choice('What follows batch norm.', 'hard_swish', 'relu'),
  },
  summary: (p) =>
    `${p.hidden} → ${p.channels}${p.stride === 1 ? '' : ` / ${p.stride}`}${p.squeeze_excite ? ', SE' : ''}`,
  expand: ({ squeeze_excite, ...p }, g, input) => {
    const excitation = { units: byEights(p.hidden / 4), activation: 'relu', gate: 'hard_sigmoid' }
    return invertedResidual(g, input, {
      ...p,
      ...(squeeze_excite && { middle: (x) => squeezeAndExcite(g, x, excitation) }),
    })
  },
  examples: [
    { inputs: [[5, 6, 3]], params: { hidden: 5, channels: 3 } },
    { inputs: [[7, 6, 2]], params: { hidden: 4, channels: 3, kernel: 5, stride: 2, squeeze_excite: true } },
    { inputs: [[4, 4, 3]], params: { hidden: 3, channels: 3, squeeze_excite: true, activation: 'relu' } },
  ],
})
