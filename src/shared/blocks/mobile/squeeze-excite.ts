import { choice, int } from '../../layers/fields.js'
import type { BlockBuilder, Port } from '../define.js'
import { defineBlock } from '../define.js'
import { channelsInto } from '../parts.js'

/** How the channels of an image are weighed. */
export interface Excitation {
  /** Units of the narrow dense layer. */
  readonly units: number
  /** Layer type behind the narrow dense layer, and of what makes the weights 0 to 1. */
  readonly activation: string
  readonly gate: string
}

/** Mean of each channel, two dense layers, and the image times the result, channel by channel (Hu et al. 2018, section 3). */
export function squeezeAndExcite(g: BlockBuilder, input: Port, { units, activation, gate }: Excitation): Port {
  const squeezed = g.add('se_squeeze', 'global_average_pool', {}, input)
  const narrow = g.add('se_reduce', 'dense', { units }, squeezed)
  const active = g.add(`se_reduce_${activation}`, activation, {}, narrow)
  const wide = g.add('se_restore', 'dense', { units: channelsInto(g, input) }, active)
  return g.add('se_scale', 'multiply', {}, input, g.add('se_gate', gate, {}, wide))
}

/** Units of the narrow layer, as the papers count them: a fraction of the channels, rounded down, at least one. */
export function reducedUnits(g: BlockBuilder, port: Port, reduction: number): number {
  return Math.max(1, Math.floor(channelsInto(g, port) / reduction))
}

/** Squeeze and excitation as a block of its own (Hu et al. 2018, figure 1). */
export const squeezeExcite = defineBlock({
  type: 'squeeze_excite',
  title: 'Squeeze and excite',
  doc: 'Looks at the whole image, decides which channels matter for it, and turns the others down. Works behind any convolution, for few weights.',
  source: 'Hu et al. 2018',
  typical: [56, 56, 256],
  params: {
    reduction: int('The dense layer in the middle has this many times fewer units than there are channels.', 16, {
      max: 1024,
    }),
    activation: choice('What follows the dense layer in the middle.', 'relu', 'swish'),
    gate: choice('What makes a weight of 0 to 1 for each channel.', 'sigmoid', 'hard_sigmoid'),
  },
  summary: (p) => `1/${p.reduction}`,
  expand: ({ reduction, ...p }, g, input) =>
    squeezeAndExcite(g, input, { ...p, units: reducedUnits(g, input, reduction) }),
  examples: [
    { inputs: [[5, 6, 4]], params: { reduction: 2 } },
    { inputs: [[4, 4, 3]], params: { activation: 'swish', gate: 'hard_sigmoid' } },
  ],
})
