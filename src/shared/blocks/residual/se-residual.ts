import { choice, int } from '../../layers/fields.js'
import { defineBlock } from '../define.js'
import { reducedUnits, squeezeAndExcite } from '../mobile/squeeze-excite.js'
import { bottleneckResidual, bottleneckText } from './bottleneck-parts.js'

/** SE-ResNet block (Hu et al. 2018, figure 3): a bottleneck whose branch is weighed channel by channel before it is added. */
export const seResidual = defineBlock({
  type: 'se_residual',
  title: 'SE residual',
  doc: 'A bottleneck residual block that decides, image by image, which channels of its branch matter, before the input is added.',
  source: 'Hu et al. 2018',
  typical: [56, 56, 64],
  params: {
    width: int('Channels of the two inner convolutions.', 64),
    channels: int('Channels out; four times the inner ones.', 256),
    stride: int('2 halves the image.', 1, { max: 8 }),
    reduction: int('Channels for each unit of the dense layer that weighs them.', 16, { max: 1024 }),
    variant: choice(
      'Which convolution takes the stride: the first 1x1 (v1, the paper) or the 3x3 (v1.5).',
      'v1',
      'v1.5',
    ),
  },
  summary: bottleneckText,
  expand: ({ reduction, ...p }, g, input) =>
    bottleneckResidual(g, input, {
      ...p,
      batchNorm: true,
      branch: (x) =>
        squeezeAndExcite(g, x, { units: reducedUnits(g, x, reduction), activation: 'relu', gate: 'sigmoid' }),
    }),
  examples: [
    { inputs: [[5, 6, 4]], params: { width: 2, channels: 4, reduction: 2 } },
    { inputs: [[7, 6, 3]], params: { width: 2, channels: 5, stride: 2, variant: 'v1.5' } },
  ],
})
