import type { Document, NodeId } from '../document/document.js'
import type { Shape } from '../layers/shapes.js'
import { sizeOf } from '../layers/shapes.js'
import { LIMITS } from '../limits.js'
import type { Expansion } from './expand.js'
import type { FlatNode, NodeFacts, OriginFacts } from './graph.js'
import type { Part } from './part.js'
import { paddingShare } from './receptive.js'

/** What is known of a node of the document and of the layers it holds. */
export interface PartFacts {
  readonly layers: readonly NodeFacts[]
  readonly whole: OriginFacts
  /** Tensors of more values than can be addressed: the layer and the shape. */
  readonly tooLarge: readonly (readonly [NodeFacts, Shape])[]
}

/** Shapes, weights and cost of a part's layers and of the whole. Costs of an open size count as 0. */
export function factsOf(part: Omit<Part, 'facts'>): PartFacts {
  const layers = part.nodes.map((node) => layerFacts(node, part.shapes))
  const sum = { parameters: 0, trainable: 0, multiplyAdds: 0, layers: layers.length }
  for (const { parameters, trainable, multiplyAdds } of layers) {
    sum.parameters += parameters
    sum.trainable += trainable
    sum.multiplyAdds += multiplyAdds
  }
  const output = part.shapes.get(part.output)
  const outputs = part.outputs.length > 1 && {
    outputs: part.outputs.map((path) => (path === undefined ? undefined : part.shapes.get(path))),
  }
  const tooLarge = layers.flatMap((layer) => {
    const shapes = [layer.output ?? [], ...Object.values(layer.weights).map(({ shape }) => shape)]
    const shape = shapes.find((one) => (sizeOf(one) ?? 0) > LIMITS.elements)
    return shape ? [[layer, shape] as const] : []
  })
  return { layers, whole: { ...(output && { output }), ...outputs, ...sum }, tooLarge }
}

/** Shapes, weights and cost of every flat node, by path, front to back. */
export function nodeFacts({ parts }: Expansion): Record<string, NodeFacts> {
  const facts: Record<string, NodeFacts> = {}
  for (const part of parts.values()) for (const layer of part.facts.layers) facts[layer.id] = layer
  return facts
}

function layerFacts(node: FlatNode, shapes: ReadonlyMap<string, Shape>): NodeFacts {
  const { id, origin, layer, params, inputs: paths } = node
  const { type } = layer
  const inputs: Shape[] = []
  for (const path of paths) {
    const shape = shapes.get(path)
    if (shape) inputs.push(shape)
  }
  const output = shapes.get(id)
  if (!output) return { id, origin, type, inputs, weights: {}, parameters: 0, trainable: 0, multiplyAdds: 0 }
  const weights = layer.weights?.(params, inputs) ?? {}
  let parameters = 0
  let trainable = 0
  for (const name in weights) {
    const { shape, role } = weights[name]!
    const count = sizeOf(shape) as number
    parameters += count
    if (role === 'trainable') trainable += count
  }
  const cost = layer.multiplyAdds?.(params, inputs, output) ?? 0
  const multiplyAdds = Number.isNaN(cost) ? 0 : cost
  const padding = paddingShare(node, inputs[0], output)
  const known = padding !== undefined && { padding }
  return { id, origin, type, inputs, output, weights, parameters, trainable, multiplyAdds, ...known }
}

const NOTHING: OriginFacts = { parameters: 0, trainable: 0, multiplyAdds: 0, layers: 0 }

/** The same by node of the document; a block's numbers are sums over its inside. */
export function originFacts(document: Document, { parts }: Expansion): Record<NodeId, OriginFacts> {
  const facts: Record<NodeId, OriginFacts> = {}
  for (const id of Object.keys(document.nodes)) {
    const part = parts.get(id)
    facts[id] = part ? part.facts.whole : NOTHING
  }
  return facts
}
