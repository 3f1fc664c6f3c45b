import type { Document, NodeId } from '../document/document.js'
import type { Shape } from '../layers/shapes.js'
import { sizeOf } from '../layers/shapes.js'
import type { Expansion } from './expand.js'
import type { FlatNode, NodeFacts, OriginFacts } from './graph.js'

/** Shapes, weights and cost of every flat node, by path. Costs of an open size count as 0. */
export function nodeFacts({ graph, shapes }: Expansion): Record<string, NodeFacts> {
  return Object.fromEntries(graph.nodes.map((node) => [node.id, factsOf(node, shapes)]))
}

function factsOf(node: FlatNode, shapes: ReadonlyMap<string, Shape>): NodeFacts {
  const { id, origin, layer, params } = node
  const inputs = node.inputs.map((path) => shapes.get(path)).filter((shape) => shape !== undefined)
  const output = shapes.get(id)
  const known = { id, origin, type: layer.type, inputs }
  if (!output) return { ...known, weights: {}, parameters: 0, trainable: 0, multiplyAdds: 0 }
  const weights = layer.weights?.(params, inputs) ?? {}
  let parameters = 0
  let trainable = 0
  for (const { shape, role } of Object.values(weights)) {
    const count = sizeOf(shape) as number
    parameters += count
    if (role === 'trainable') trainable += count
  }
  const cost = layer.multiplyAdds?.(params, inputs, output) ?? 0
  return { ...known, output, weights, parameters, trainable, multiplyAdds: Number.isNaN(cost) ? 0 : cost }
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
    const facts = nodes[id]!
    sum.parameters += facts.parameters
    sum.trainable += facts.trainable
    sum.multiplyAdds += facts.multiplyAdds
    sum.layers += 1
  }
  return Object.fromEntries(
    [...sums].map(([id, sum]) => {
      const output = shapes.get(graph.outputs[id] ?? '')
      return [id, output ? { output, ...sum } : sum]
    }),
  )
}
