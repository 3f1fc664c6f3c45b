import type { FlatNode } from '../../../shared/graph/graph.js'
import { reachOf } from '../../../shared/layers/geometry.js'
import { cutAlong, type Spread } from '../../../shared/layers/transposed.js'
import type { HostTensor } from '../../engine/executor.js'
import type { SpelledLayer } from './spelled-layer.js'

type Transposed = Spread & { readonly filters: number; readonly groups: number; readonly bias: boolean }

/**
 * A transposed convolution in words that TensorFlow.js has: it knows neither gaps, groups nor output padding, but a kernel with
 * zeros in the gaps, between the groups and behind its end computes the same. What is cut off is cropped behind it.
 */
export function transposedParts({ params }: FlatNode): readonly SpelledLayer[] {
  const p = params as unknown as Transposed
  const kernel_size = [extentOf(p, 0), extentOf(p, 1)]
  const padding = p.padding === 'explicit' ? 'valid' : p.padding
  const call = ['Conv2DTranspose', { filters: p.filters, kernel_size, strides: p.stride, padding, use_bias: p.bias }]
  const cropping = ([0, 1] as const).map((side) => {
    const [before, after] = p.padding === 'explicit' ? cutAlong(p, side) : [0, 0]
    // `valid` fills up to the stride where the kernel is smaller.
    return [before, Math.max(after, 0) + Math.max(0, p.stride[side] - kernel_size[side]!)]
  })
  const conv: SpelledLayer = { call: call as unknown as SpelledLayer['call'] }
  const isCut = p.padding === 'explicit' && cropping.flat().some((pixels) => pixels > 0)
  return isCut ? [conv, { call: ['Cropping2D', { cropping }] }] : [conv]
}

/** Its kernel [height, width, filters of a group, channels] with those zeros: [height, width, filters, channels]. */
export function transposedKernel({ params }: FlatNode, { shape, data }: HostTensor): HostTensor {
  const p = params as unknown as Transposed
  const [height, width, outGroup, channels] = shape as [number, number, number, number]
  const [rows, columns] = [extentOf(p, 0), extentOf(p, 1)]
  const filled = new Float32Array(rows * columns * p.filters * channels)
  const inGroup = channels / p.groups
  for (let tap = 0; tap < height * width; tap++) {
    const [row, column] = [Math.floor(tap / width) * p.dilation[0], (tap % width) * p.dilation[1]]
    for (let filter = 0; filter < outGroup; filter++) {
      for (let channel = 0; channel < channels; channel++) {
        const to = Math.floor(channel / inGroup) * outGroup + filter
        filled[((row * columns + column) * p.filters + to) * channels + channel] = data[(tap * outGroup + filter) * channels + channel]! // prettier-ignore
      }
    }
  }
  return { shape: [rows, columns, p.filters, channels], data: filled }
}

function extentOf(p: Transposed, side: 0 | 1): number {
  const added = p.padding === 'explicit' ? Math.max(0, -cutAlong(p, side)[1]) : 0
  return reachOf(p, side) + added
}
