import { defineLayer } from '../define.js'
import { int } from '../fields.js'
import { first, needImage } from '../geometry.js'
import { channelsOf } from '../shapes.js'

/** Zero channels behind those of an image, as on skip wires without weights (He et al. 2016, option A); no weights. */
export const padChannels = defineLayer({
  type: 'pad_channels',
  title: 'Pad channels',
  family: 'merge',
  doc: 'Appends channels of zeros, so that an image with fewer channels can be added to one with more.',
  formula: 'y[c] = x[c] where x has a channel c, else 0',
  source: 'He et al. 2016',
  inputs: 'one',
  params: { channels: int('Channels out, at least as many as come in.', 64) },
  summary: (p) => `to ${p.channels}`,
  infer: (p, inputs) => {
    const x = first(inputs)
    const misfit = needImage('Pad channels', x)
    if (misfit) return misfit
    if (channelsOf(x) <= p.channels) return [...x.slice(0, 2), p.channels]
    return {
      code: 'shape/mismatch',
      message: `The image has ${channelsOf(x)} channels already, more than ${p.channels}.`,
      hint: 'Ask for more channels, or take a 1x1 convolution to make them fewer.',
      input: 0,
    }
  },
  apply: ({ tf }, p, inputs) => {
    const x = first(inputs)
    const missing = p.channels - channelsOf(x.shape)
    return missing === 0 ? x : tf.concat([x, tf.zeros([...x.shape.slice(0, 3), missing])], -1)
  },
  // With channels first, Keras' two last axes are the width and the channels of our order.
  keras: (p, inputs) => {
    const missing = p.channels - channelsOf(first(inputs))
    const padding = [
      [0, 0],
      [0, missing],
    ]
    return ['ZeroPadding2D', { padding, data_format: 'channels_first' }]
  },
  pytorch: (p, inputs) => ['nn.ConstantPad3d', [0, 0, 0, 0, 0, p.channels - channelsOf(first(inputs))], 0],
  examples: [
    { inputs: [[5, 4, 3]], params: { channels: 6 } },
    { inputs: [[3, 2, 2]], params: { channels: 7 } },
    { inputs: [[2, 2, 4]], params: { channels: 4 } },
    { inputs: [[null, null, 2]], params: { channels: 3 } },
  ],
})
