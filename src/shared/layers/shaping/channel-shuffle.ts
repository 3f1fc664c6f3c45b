import { defineLayer, type Tensor } from '../define.js'
import { int } from '../fields.js'
import { first, inEqualGroups } from '../geometry.js'

/** Channels of several groups dealt out anew (Zhang et al. 2018, section 3.1); no weights. */
export const channelShuffle = defineLayer({
  type: 'channel_shuffle',
  title: 'Channel shuffle',
  family: 'dense',
  doc: 'Deals the channels of each group out to all groups, so that grouped convolutions one after the other see more than their own group.',
  formula: 'y[…, i groups + g] = x[…, g channels / groups + i]',
  source: 'Zhang et al. 2018',
  inputs: 'one',
  params: { groups: int('Groups that the channels come in.', 2) },
  summary: (p) => `${p.groups} groups`,
  infer: (p, inputs) => inEqualGroups('Channel shuffle', first(inputs), p.groups),
  apply: ({ tf }, p, inputs) =>
    tf.engine().runKernel<Tensor>('ChannelShuffle', { x: first(inputs) }, { groups: p.groups }),
  keras: (p, inputs) => {
    const [height, width, channels] = first(inputs) as [number | null, number | null, number]
    if (height === null || width === null) return undefined
    return [
      ['Reshape', { target_shape: [height * width, p.groups, channels / p.groups] }],
      ['Permute', { dims: [1, 3, 2] }],
      ['Reshape', { target_shape: [height, width, channels] }],
    ]
  },
  pytorch: (p) => ['nn.ChannelShuffle', p.groups],
  examples: [
    { inputs: [[5, 4, 6]], params: { groups: 3 } },
    { inputs: [[2, 3, 4]] },
    { inputs: [[1, 2, 3]], params: { groups: 1 } },
    { inputs: [[null, null, 8]], params: { groups: 4 } },
  ],
})
