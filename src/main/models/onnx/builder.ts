import type { FlatNode, NodeFacts } from '../../../shared/graph/graph.js'
import type { HostTensor, TensorMap } from '../../engine/executor.js'
import type { Attributes, OnnxNode, OnnxTensor } from '../../engine/onnx/model.js'
import { weightOf } from '../weight.js'

/** One layer to write: its node, what analysis knows of it and the names of the tensors that feed it (NCHW or [N, units]). */
export interface LayerCall {
  readonly node: FlatNode
  readonly facts: NodeFacts
  readonly inputs: readonly string[]
}

/** Writes the operators of one layer; returns the name of its output: the node's id, or an input that is passed on. */
export type Emitter = (list: OperatorList, call: LayerCall) => string

/** Collects operators and constants in the order they are computed. */
export class OperatorList {
  readonly nodes: OnnxNode[] = []
  readonly initializers: OnnxTensor[] = []
  readonly #weights: TensorMap

  constructor(weights: TensorMap) {
    this.#weights = weights
  }

  /** Add an operator whose only output, and the operator itself, are called `output`; returns that name. */
  node(op: string, inputs: readonly string[], output: string, attributes: Attributes = {}): string {
    this.nodes.push({ op, inputs, outputs: [output], name: output, attributes })
    return output
  }

  /** Add a float constant; returns its name. */
  constant(name: string, { shape, data }: HostTensor): string {
    this.initializers.push({ name, type: 'float32', shape, data })
    return name
  }

  /** Add a constant shape, as operators take sizes; returns its name. */
  sizes(name: string, values: readonly number[]): string {
    this.initializers.push({ name, type: 'int64', shape: [values.length], data: BigInt64Array.from(values, BigInt) })
    return name
  }

  /** The values of one of a layer's weights, if the layer has it. */
  weight({ node, facts }: LayerCall, name: string): HostTensor | undefined {
    const spec = facts.weights[name]
    return spec && weightOf(this.#weights, `${node.id}/${name}`, spec.shape)
  }
}

/** The tensor that feeds a layer with one input. */
export function only(call: LayerCall): string {
  return call.inputs[0] as string
}
