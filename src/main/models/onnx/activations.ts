import type { Attributes } from '../../engine/onnx/model.js'
import { only, type Emitter, type LayerCall } from './builder.js'

/** An activation that is one operator of ONNX. */
export function activation(op: string, attributes: (call: LayerCall) => Attributes = () => ({})): Emitter {
  return (list, call) => list.node(op, [only(call)], call.node.id, attributes(call))
}

/** min(max(x, 0), 6). */
export const relu6: Emitter = (list, call) => {
  const { id } = call.node
  const bound = (name: string, value: number) =>
    list.constant(`${id}:${name}`, { shape: [], data: Float32Array.of(value) })
  return list.node('Clip', [only(call), bound('low', 0), bound('high', 6)], id)
}

/** x * sigmoid(x); operator set 17 has no operator of its own for it. */
export const swish: Emitter = (list, call) => {
  const { id } = call.node
  return list.node('Mul', [only(call), list.node('Sigmoid', [only(call)], `${id}:sigmoid`)], id)
}

/** x times one constant. */
export const scale: Emitter = (list, call) => {
  const { id, params } = call.node
  const factor = { shape: [], data: Float32Array.of(params['factor'] as number) }
  return list.node('Mul', [only(call), list.constant(`${id}:factor`, factor)], id)
}
