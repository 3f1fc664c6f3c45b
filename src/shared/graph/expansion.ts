import { blockOf } from '../blocks/index.js'
import type { Document, NodeId } from '../document/document.js'
import type { Misfit } from '../layers/define.js'
import { layerOf } from '../layers/index.js'
import type { Shape } from '../layers/shapes.js'
import type { TooLarge } from './facts.js'
import type { FlatGraph, FlatNode, NodeFacts, OriginFacts } from './graph.js'
import { ownBlockOf, portKey } from './own-block.js'
import type { Made } from './part.js'
import type { Skeleton } from './skeleton.js'
import type { Feed, Wiring } from './wiring.js'

/** What was learned while a document was opened; lists by step follow the wiring, lists by place the layers. */
export interface Findings {
  readonly nodes: FlatNode[]
  /** For each document node the path of the layer that makes its output; `id:1` for the second output of an own block. */
  readonly outputs: Record<string, string>
  /** By step: what the node became; none for a node of unknown type. */
  readonly made: (Made | undefined)[]
  /** By step: the place of its first layer. */
  readonly starts: number[]
  /** By step: numbers of the node. */
  readonly wholes: (OriginFacts | undefined)[]
  /** By place: numbers of the layer. */
  readonly layers: NodeFacts[]
  /** Output shape of each flat node that has one. */
  readonly shapes: Map<string, Shape>
  /** Why the inputs of a flat node do not fit. */
  readonly misfits: Map<string, Misfit>
  readonly tooLarge: TooLarge[]
  readonly sums: Sums
}

/** Numbers of all nodes together. */
export interface Sums {
  parameters: number
  trainable: number
  multiplyAdds: number
  /** Layers and blocks opened inside own blocks. */
  opened: number
}

/** A flat graph with all that was learned while it was built. */
export interface Expansion {
  readonly graph: FlatGraph
  readonly wiring: Wiring
  readonly skeleton: Skeleton
  readonly made: readonly (Made | undefined)[]
  readonly starts: readonly number[]
  readonly wholes: readonly (OriginFacts | undefined)[]
  readonly layers: readonly NodeFacts[]
  readonly shapes: ReadonlyMap<string, Shape>
  readonly misfits: ReadonlyMap<string, Misfit>
  readonly tooLarge: readonly TooLarge[]
  readonly sums: Readonly<Sums>
}

/** Findings to be filled. */
export function emptyFindings(): Findings {
  const sums = { parameters: 0, trainable: 0, multiplyAdds: 0, opened: 0 }
  const maps = { shapes: new Map<string, Shape>(), misfits: new Map<string, Misfit>() }
  return { nodes: [], outputs: {}, made: [], starts: [], wholes: [], layers: [], ...maps, tooLarge: [], sums }
}

/** What a node's type stands for in a document, if it is known there. */
export function kindFor(document: Document, type: string) {
  return layerOf(type) ?? blockOf(type) ?? ownBlockOf(document, type)
}

/** The paths that feed a step, and the shapes there, by input number. */
export function sourcesOf(feeds: readonly (Feed | undefined)[], made: readonly (Made | undefined)[]) {
  // A node of unknown type stands under its own name: what it feeds keeps its inputs, their shapes stay unknown.
  const inputs = feeds.map((feed) => feed && (made[feed.at]?.part.outputs[feed.output] ?? feed.from))
  const shapes = feeds.map((feed, input) => feed && made[feed.at]?.part.shapes.get(inputs[input]!))
  return { inputs, shapes }
}

/** Add what a step became. */
export function add(found: Findings, at: number, id: NodeId, made: Made): void {
  const { part } = made
  found.made[at] = made
  found.starts[at] = found.nodes.length
  found.wholes[at] = part.facts.whole
  part.outputs.forEach((path, output) => {
    if (path !== undefined) found.outputs[portKey(id, output)] = path
  })
  if (part.nodes.length === 0) {
    const shape = part.shapes.get(id)
    if (shape) found.shapes.set(id, shape)
  }
  part.nodes.forEach((flat, index) => {
    found.nodes.push(flat)
    found.layers.push(part.facts.layers[index]!)
    const shape = part.shapes.get(flat.id)
    if (shape) found.shapes.set(flat.id, shape)
  })
  for (const [path, misfit] of part.misfits) found.misfits.set(path, misfit)
  found.tooLarge.push(...part.facts.tooLarge)
  count(found.sums, made, 1)
}

/** Add the numbers of a node to the sums, or take them away. */
export function count(sums: Sums, { part }: Made, sign: 1 | -1): void {
  const { parameters, trainable, multiplyAdds } = part.facts.whole
  sums.parameters += sign * parameters
  sums.trainable += sign * trainable
  sums.multiplyAdds += sign * multiplyAdds
  sums.opened += sign * part.opened
}
