import type { FlatNode } from '../../../shared/graph/graph.js'
import type { KerasCall } from '../../../shared/layers/define.js'
import type { HostTensor } from '../../engine/executor.js'

/** How far apart the values of a kernel lie once its gaps are filled with zeros, and between how many groups zeros stand. */
interface Gaps {
  readonly dilation: readonly [number, number]
  readonly groups: number
}

/**
 * What TensorFlow.js has no word for in a convolution: groups, and dilations beside strides or of depthwise layers. A kernel
 * with zeros in the gaps and between the groups computes the same.
 */
function gapsOf({ layer: { type }, params }: FlatNode): Gaps | undefined {
  if (!['conv2d', 'depthwise_conv2d', 'separable_conv2d'].includes(type)) return undefined
  const { dilation, groups = 1, stride } = params as { dilation: Pair; groups?: number; stride: Pair }
  const isSpread = dilation[0] * dilation[1] > 1 && (type === 'depthwise_conv2d' || stride[0] * stride[1] > 1)
  return isSpread || groups > 1 ? { dilation: isSpread ? dilation : [1, 1], groups } : undefined
}

type Pair = readonly [number, number]

/** A convolution in words that TensorFlow.js has, for a kernel as `filledKernel` makes it. */
export function filledCall(node: FlatNode, [className, config]: KerasCall): KerasCall {
  const gaps = gapsOf(node)
  if (!gaps || !('kernel_size' in config)) return [className, config]
  const { groups: _, dilation_rate, kernel_size, ...rest } = config
  const kernel = kernel_size as Pair
  const isFilled = gaps.dilation[0] * gaps.dilation[1] > 1
  const wide = isFilled ? reach(kernel, gaps.dilation) : kernel
  return [className, { ...rest, kernel_size: wide, ...(!isFilled && dilation_rate !== undefined && { dilation_rate }) }]
}

/** A kernel [height, width, channels of a group, filters] with zeros in its gaps and between its groups. */
export function filledKernel(node: FlatNode, tensor: HostTensor): HostTensor {
  const gaps = gapsOf(node)
  if (!gaps) return tensor
  const [height, width, inGroup, filters] = tensor.shape as [number, number, number, number]
  const [rows, columns] = reach([height, width], gaps.dilation)
  const shape = [rows, columns, inGroup * gaps.groups, filters]
  const data = new Float32Array(shape.reduce((product, extent) => product * extent, 1))
  const perGroup = filters / gaps.groups
  tensor.data.forEach((value, at) => {
    const filter = at % filters
    const channel = Math.floor(at / filters) % inGroup
    const place = Math.floor(at / (filters * inGroup))
    const [row, column] = [Math.floor(place / width) * gaps.dilation[0], (place % width) * gaps.dilation[1]]
    const from = Math.floor(filter / perGroup) * inGroup + channel
    data[((row * columns + column) * inGroup * gaps.groups + from) * filters + filter] = value
  })
  return { shape, data }
}

function reach(kernel: Pair, dilation: Pair): [number, number] {
  return [(kernel[0] - 1) * dilation[0] + 1, (kernel[1] - 1) * dilation[1] + 1]
}
