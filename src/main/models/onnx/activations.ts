import { isImage, type Shape } from '../../../shared/layers/shapes.js'
import type { HostTensor } from '../../engine/executor.js'
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

/** x times one constant, plus another unless that is 0. */
export const scale: Emitter = (list, call) => {
  const { id, params } = call.node
  const number = (name: string) =>
    list.constant(`${id}:${name}`, { shape: [], data: Float32Array.of(params[name] as number) })
  if (params['offset'] === 0) return list.node('Mul', [only(call), number('factor')], id)
  return list.node('Add', [list.node('Mul', [only(call), number('factor')], `${id}:scaled`), number('offset')], id)
}

/** x (erf(x / sqrt(2)) + 1) / 2; operator set 17 has no operator of its own for it. */
export const gelu: Emitter = (list, call) => {
  const { id } = call.node
  const number = (name: string, value: number) =>
    list.constant(`${id}:${name}`, { shape: [], data: Float32Array.of(value) })
  const half = number('half', 0.5)
  const inner = list.node('Mul', [only(call), number('root', Math.SQRT1_2)], `${id}:inner`)
  const scaled = list.node('Mul', [list.node('Erf', [inner], `${id}:erf`), half], `${id}:scaled`)
  return list.node('Mul', [only(call), list.node('Add', [scaled, half], `${id}:share`)], id)
}

/** x tanh(softplus(x)). */
export const mish: Emitter = (list, call) => {
  const { id } = call.node
  const softplus = list.node('Softplus', [only(call)], `${id}:softplus`)
  return list.node('Mul', [only(call), list.node('Tanh', [softplus], `${id}:tanh`)], id)
}

/** PRelu with a slope per channel. */
export const prelu: Emitter = (list, call) => {
  const { shape, data } = list.weight(call, 'alpha') as HostTensor
  const [channels] = shape as [number]
  const slope = isImage(call.facts.inputs[0] as Shape) ? [channels, 1, 1] : [channels]
  const alpha = list.constant(`${call.node.id}/alpha`, { shape: slope, data })
  return list.node('PRelu', [only(call), alpha], call.node.id)
}

/** Mul by a factor per channel. */
export const layerScale: Emitter = (list, call) => {
  const { shape, data } = list.weight(call, 'gamma') as HostTensor
  const gamma = list.constant(`${call.node.id}/gamma`, { shape: [...shape, 1, 1], data })
  return list.node('Mul', [only(call), gamma], call.node.id)
}
