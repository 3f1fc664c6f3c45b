import type { Document, NodeId } from '../document/document.js'
import type { Shape } from '../layers/shapes.js'
import { sizeOf } from '../layers/shapes.js'
import { LIMITS } from '../limits.js'
import type { Expansion } from './expand.js'
import type { FlatNode, NodeFacts, OriginFacts } from './graph.js'
import type { Part } from './part.js'
import { paddingShare } from './receptive.js'
import { entriesOf } from './wiring.js'

/** What is known of a node of the document and of the layers it holds. */
export interface PartFacts {
  readonly layers: readonly NodeFacts[]
  readonly whole: OriginFacts
  readonly tooLarge: readonly TooLarge[]
}

/** A tensor of more values than can be addressed: the layer and the shape. */
export type TooLarge = readonly [NodeFacts, Shape]

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

const knownNodes = new WeakMap<readonly NodeFacts[], Record<string, NodeFacts>>()

/** Shapes, weights and cost of every flat node, by path, front to back. */
export function nodeFacts({ layers, skeleton: { paths } }: Expansion): Record<string, NodeFacts> {
  const known = knownNodes.get(layers)
  if (known) return known
  const facts: Record<string, NodeFacts> = {}
  for (let at = 0; at < paths.length; at++) facts[paths[at]!] = layers[at]!
  knownNodes.set(layers, facts)
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

const knownOrigins = new WeakMap<Expansion['wholes'], Record<NodeId, OriginFacts>>()

/** The same by node of the document; a block's numbers are sums over its inside. */
export function originFacts(document: Document, { wholes, wiring: { steps } }: Expansion): Record<NodeId, OriginFacts> {
  const known = knownOrigins.get(wholes)
  if (known) return known
  const { ids } = entriesOf(document)
  const byPlace = new Array<OriginFacts>(ids.length).fill(NOTHING)
  for (let at = 0; at < steps.length; at++) byPlace[steps[at]!.place] = wholes[at] ?? NOTHING
  const facts: Record<NodeId, OriginFacts> = {}
  for (let place = 0; place < ids.length; place++) facts[ids[place]!] = byPlace[place]!
  knownOrigins.set(wholes, facts)
  return facts
}
