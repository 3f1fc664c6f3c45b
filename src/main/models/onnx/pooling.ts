import type { Window } from '../../../shared/layers/geometry.js'
import type { Shape } from '../../../shared/layers/shapes.js'
import { only, type Emitter } from './builder.js'
import { windowAttributes } from './windows.js'

/** MaxPool; padding never wins, in ONNX as in TensorFlow. */
export const maxPool: Emitter = (list, call) =>
  list.node('MaxPool', [only(call)], call.node.id, windowOf(call.node.params, call.facts.inputs))

/** AveragePool that divides by the real pixels of a window. */
export const averagePool: Emitter = (list, call) =>
  list.node('AveragePool', [only(call)], call.node.id, {
    ...windowOf(call.node.params, call.facts.inputs),
    count_include_pad: { int: 0 },
  })

/** [N, channels, height, width] to [N, channels] by a global pool and a Flatten. */
export function globalPool(op: 'GlobalAveragePool' | 'GlobalMaxPool'): Emitter {
  return (list, call) => {
    const { id } = call.node
    return list.node('Flatten', [list.node(op, [only(call)], `${id}:pool`)], id, { axis: { int: 1 } })
  }
}

function windowOf(params: Readonly<Record<string, unknown>>, inputs: readonly Shape[]) {
  return windowAttributes(params as unknown as Window, inputs[0] as Shape)
}
