import { statedPadding, type Window } from '../../../shared/layers/geometry.js'
import { channelsOf, type Shape } from '../../../shared/layers/shapes.js'
import { only, type Emitter, type OperatorList } from './builder.js'
import { windowAttributes } from './windows.js'

const NONE = [0, 0] as const

/** MaxPool; padding never wins, in ONNX as in TensorFlow. */
export const maxPool: Emitter = (list, call) =>
  list.node('MaxPool', [only(call)], call.node.id, windowOf(call.node.params, call.facts.inputs))

/** AveragePool that divides by the real pixels of a window, or by those of an image that was padded with zeros before. */
export const averagePool: Emitter = (list, call) => {
  const { node, facts } = call
  const window = node.params as unknown as Window & { readonly count_padding: boolean }
  const x = facts.inputs[0] as Shape
  if (window.padding !== 'explicit' || !window.count_padding) return average(list, only(call), node.id, window, x)
  const [rows, columns] = [statedPadding(window, 0) ?? NONE, statedPadding(window, 1) ?? NONE]
  const around = list.sizes(`${node.id}:around`, [0, 0, rows[0], columns[0], 0, 0, rows[1], columns[1]])
  const larger = (size: number | null | undefined, by: readonly number[]) => (size ? size + by[0]! + by[1]! : null)
  const padded = list.node('Pad', [only(call), around], `${node.id}:padded`)
  const shape = [larger(x[0], rows), larger(x[1], columns), channelsOf(x)]
  return average(list, padded, node.id, { ...window, padding: 'valid' }, shape)
}

function average(list: OperatorList, x: string, id: string, window: Window, shape: Shape): string {
  return list.node('AveragePool', [x], id, { ...windowAttributes(window, shape), count_include_pad: { int: 0 } })
}

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
