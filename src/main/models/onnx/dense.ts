import { isImage, type Shape } from '../../../shared/layers/shapes.js'
import type { HostTensor } from '../../engine/executor.js'
import { only, type Emitter } from './builder.js'

/** Gemm with our kernel [in, units] as it is. */
export const dense: Emitter = (list, call) => {
  const { id } = call.node
  const bias = list.weight(call, 'bias')
  const inputs = [only(call), list.constant(`${id}/kernel`, list.weight(call, 'kernel') as HostTensor)]
  if (bias) inputs.push(list.constant(`${id}/bias`, bias))
  return list.node('Gemm', inputs, id)
}

/** Flatten in the order height, width, channels: back to NHWC first, or the rows of the next kernel would be mixed up. */
export const flatten: Emitter = (list, call) => {
  const { id } = call.node
  const x = isImage(call.facts.inputs[0] as Shape)
    ? list.node('Transpose', [only(call)], `${id}:nhwc`, { perm: { ints: [0, 2, 3, 1] } })
    : only(call)
  return list.node('Flatten', [x], id, { axis: { int: 1 } })
}
