import { int, number } from '../../layers/fields.js'
import { defineBlock } from '../define.js'
import { channelsInto } from '../parts.js'
import { invertedResidual } from './inverted.js'
import { reducedUnits, squeezeAndExcite } from './squeeze-excite.js'

/** MBConv of EfficientNet (Tan and Le 2019, section 4): inverted residual, squeeze and excitation, stochastic depth. */
export const mbconv = defineBlock({
  type: 'mbconv',
  title: 'MBConv',
  doc: 'The brick of EfficientNet: an inverted residual that weighs its channels, with swish, and a skip wire where the shapes allow it.',
  source: 'Tan and Le 2019',
  typical: [56, 56, 24],
  params: {
    channels: int('Channels out.', 24),
    expansion: number('Channels inside, in multiples of those that come in.', 6, { min: 1, max: 64 }),
    kernel: int('Kernel height and width of the depthwise convolution.', 3, { max: 64 }),
    stride: int('2 halves the image.', 1, { max: 8 }),
    reduction: int('Channels in for each unit of the dense layer that weighs the channels.', 4, { max: 1024 }),
    rate: number('Share of images that go without the branch while training; 0 leaves it out.', 0, {
      min: 0,
      max: 0.99,
    }),
  },
  summary: (p) => `× ${p.expansion} → ${p.channels} · ${p.kernel}x${p.kernel}${p.stride === 1 ? '' : ` / ${p.stride}`}`,
  expand: ({ expansion, reduction, rate, ...p }, g, input) => {
    const excitation = { units: reducedUnits(g, input, reduction), activation: 'swish', gate: 'sigmoid' }
    return invertedResidual(g, input, {
      ...p,
      hidden: Math.min(Math.round(channelsInto(g, input) * expansion), 65_536),
      activation: 'swish',
      middle: (x) => squeezeAndExcite(g, x, excitation),
      ...(rate > 0 && { branch: (x) => g.add('drop', 'stochastic_depth', { rate }, x) }),
    })
  },
  examples: [
    { inputs: [[5, 6, 4]], params: { channels: 4, expansion: 2, rate: 0.2 } },
    { inputs: [[7, 6, 3]], params: { channels: 5, expansion: 1, kernel: 5, stride: 2 } },
  ],
})
