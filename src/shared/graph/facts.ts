import type { Document, NodeId } from '../document/document.js'
import type { Shape } from '../layers/shapes.js'
import { sizeOf } from '../layers/shapes.js'
import type { Expansion } from './expand.js'
import type { FlatNode, NodeFacts, OriginFacts } from './graph.js'

/** Shapes, weights and cost of every flat node, by path. Costs of an open size count as 0. */
export function nodeFacts({ graph, shapes }: Expansion): Record<string, NodeFacts> {
  const facts: Record<string, NodeFacts> = {}
  for (const node of graph.nodes) facts[node.id] = factsOf(node, shapes)
  return facts
}

function factsOf(
  { id, origin, layer, params, inputs: paths }: FlatNode,
  shapes: ReadonlyMap<string, Shape>,
): NodeFacts {
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
  return { id, origin, type, inputs, output, weights, parameters, trainable, multiplyAdds }
}

/** The same by node of the document; a block's numbers are sums over its inside. */
export function originFacts(
  document: Document,
  { graph, shapes }: Expansion,
  nodes: Readonly<Record<string, NodeFacts>>,
): Record<NodeId, OriginFacts> {
  const sums = new Map(
    Object.keys(document.nodes).map((id) => [id, { parameters: 0, trainable: 0, multiplyAdds: 0, layers: 0 }]),
  )
  for (const { id, origin } of graph.nodes) {
    const sum = sums.get(origin)!
    const { parameters, trainable, multiplyAdds } = nodes[id]!
    sum.parameters += parameters
    sum.trainable += trainable
    sum.multiplyAdds += multiplyAdds
    sum.layers += 1
  }
  const facts: Record<NodeId, OriginFacts> = {}
  for (const [id, sum] of sums) {
    const output = shapes.get(graph.outputs[id] ?? '')
    facts[id] = output ? { output, ...sum } : sum
  }
  return facts
}
