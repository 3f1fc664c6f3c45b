import { flag, int } from '../../layers/fields.js'
import { defineBlock } from '../define.js'
import { bottleneckResidual } from './bottleneck-parts.js'

/** Block of ResNeXt in its grouped form (Xie et al. 2017, figure 3c); the 3x3 convolution takes the stride. */
export const resnext = defineBlock({
  type: 'resnext',
  title: 'ResNeXt',
  doc: 'A bottleneck whose 3x3 convolution is split into many narrow groups: more paths side by side instead of a wider or deeper net.',
  source: 'Xie et al. 2017',
  typical: [56, 56, 64],
  params: {
    groups: int('Groups of the 3x3 convolution (the cardinality).', 32, { max: 1024 }),
    group_width: int('Channels of each group.', 4, { max: 1024 }),
    channels: int('Channels out.', 256),
    stride: int('2 halves the image.', 1, { max: 8 }),
    batch_norm: flag('Batch norm behind every convolution.', true),
  },
  summary: (p) => `${p.groups} × ${p.group_width} → ${p.channels}${p.stride === 1 ? '' : ` / ${p.stride}`}`,
  expand: ({ groups, group_width, channels, stride, batch_norm: batchNorm }, g, input) => {
    // As many groups as a convolution can have filters.
    const width = groups * Math.min(group_width, Math.floor(65_536 / groups))
    return bottleneckResidual(g, input, { width, groups, channels, stride, variant: 'v1.5', batchNorm })
  },
  examples: [
    { inputs: [[5, 6, 4]], params: { groups: 2, group_width: 2, channels: 4 } },
    { inputs: [[7, 6, 3]], params: { groups: 3, group_width: 1, channels: 5, stride: 2 } },
    { inputs: [[4, 4, 3]], params: { groups: 2, group_width: 3, channels: 3, batch_norm: false } },
  ],
})
