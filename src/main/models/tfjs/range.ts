import type { FlatNode } from '../../../shared/graph/graph.js'
import { channelsOf, type Shape } from '../../../shared/layers/shapes.js'
import { rescalingAt } from '../part.js'
import type { SpelledLayer } from './spelled-layer.js'

/** What makes of pixels of 0 to 1 the range that a net works with: a rescaling, or, with a number for each channel, a 1x1 convolution. */
export function rangeParts(input: FlatNode, shape: Shape): readonly SpelledLayer[] {
  const rescaling = rescalingAt(input)
  if (!rescaling) return []
  const { factor, offset } = rescaling
  if (factor.length === 1) return [{ call: ['Rescaling', { scale: factor[0], offset: offset[0] }] }]
  const fixed = {
    depthwise_kernel: { shape: [1, 1, channelsOf(shape), 1], data: Float32Array.from(factor) },
    bias: { shape: [channelsOf(shape)], data: Float32Array.from(offset) },
  }
  return [{ call: ['DepthwiseConv2D', { kernel_size: [1, 1], trainable: false }], fixed }]
}
