import { flag, int } from '../../layers/fields.js'
import { defineBlock } from '../define.js'
import { normedConv } from '../dense-block.js'
import { BATCH_NORM, channelsInto } from '../parts.js'
import { bottleneckText } from './bottleneck-parts.js'

/**
 * Pre-activation bottleneck (He et al. 2016b, section 5); the 3x3 convolution takes the stride. Where only the stride changes
 * the shape, the skip wire keeps every `stride`th pixel as it is, as in Keras.
 */
export const bottleneckPreactivation = defineBlock({
  type: 'bottleneck_preactivation',
  title: 'Pre-activation bottleneck',
  doc: 'A bottleneck with batch norm and ReLU in front of each convolution, so that the skip wire stays free from end to end. End the net with batch norm and ReLU.',
  source: 'He et al. 2016b',
  typical: [56, 56, 64],
  params: {
    width: int('Channels of the two inner convolutions.', 64),
    channels: int('Channels out; four times the inner ones in ResNets.', 256),
    stride: int('2 halves the image.', 1, { max: 8 }),
    bias: flag('Biases of the last 1x1 convolution and of the projection, which no batch norm follows.', false),
  },
  summary: bottleneckText,
  expand: ({ width, channels, stride, bias }, g, input) => {
    const active = g.add('relu', 'relu', {}, g.add('bn', 'batch_norm', BATCH_NORM, input))
    const reduced = g.add('conv_1', 'conv2d', { filters: width, kernel: 1, bias: false }, active)
    const inner = normedConv(g, 'second', reduced, width, 3, { stride })
    const branch = normedConv(g, 'third', inner, channels, 1, { bias })
    const projected = { filters: channels, kernel: 1, stride, bias }
    const skip = () => {
      if (channelsInto(g, input) !== channels) return g.add('projection', 'conv2d', projected, active)
      return stride === 1 ? input : g.add('pick', 'max_pool', { kernel: 1, stride, padding: 'same' }, input)
    }
    return g.add('add', 'add', {}, branch, skip())
  },
  examples: [
    { inputs: [[5, 6, 4]], params: { width: 2, channels: 4 } },
    { inputs: [[7, 6, 4]], params: { width: 3, channels: 4, stride: 2 } },
    { inputs: [[7, 6, 3]], params: { width: 2, channels: 5, stride: 2, bias: true } },
  ],
})
