import type { FlatNode, NodeFacts } from '../../../shared/graph/graph.js'
import { isImage, type Shape } from '../../../shared/layers/shapes.js'
import { filledKernel } from './kernel.js'
import type { HostTensor } from '../../engine/executor.js'
import { transposedKernel } from './transposed.js'

/** A weight under the name and in the shape that TensorFlow.js has for it; its values are the same in the same order. */
export function layerWeight(
  node: FlatNode,
  { inputs }: NodeFacts,
  weight: string,
  { shape, data }: HostTensor,
): { readonly name: string; readonly tensor: HostTensor } {
  const { layer, params } = node
  if (layer.type === 'prelu') {
    // The axes that share a slope stay, with length 1.
    return { name: weight, tensor: { shape: isImage(inputs[0] as Shape) ? [1, 1, ...shape] : shape, data } }
  }
  if (layer.type === 'layer_scale') return { name: 'depthwise_kernel', tensor: { shape: [1, 1, ...shape, 1], data } }
  if (layer.type === 'transposed_conv2d' && weight === 'kernel')
    return { name: weight, tensor: transposedKernel(node, { shape, data }) }
  if (layer.type === 'conv2d' && weight === 'kernel')
    return { name: weight, tensor: filledKernel(node, { shape, data }) }
  const isDepthwise = weight === 'depthwise_kernel' || (layer.type === 'depthwise_conv2d' && weight === 'kernel')
  if (!isDepthwise) return { name: weight, tensor: { shape, data } }
  const kernel = filledKernel(node, { shape, data })
  const [height, width, , filters] = kernel.shape as [number, number, number, number]
  const multiplier = params['multiplier'] as number
  const parted = [height, width, filters / multiplier, multiplier]
  return { name: 'depthwise_kernel', tensor: { shape: parted, data: kernel.data } }
}
