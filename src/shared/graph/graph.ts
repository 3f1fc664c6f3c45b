import type { Issue } from '../errors.js'
import type { Layer, WeightSpec } from '../layers/define.js'
import type { Shape } from '../layers/shapes.js'

/** One layer of the expanded graph. */
export interface FlatNode {
  /** Path: the document's node id, or `block/inner` for a node inside a block. */
  readonly id: string
  /** The document's node it comes from. */
  readonly origin: string
  readonly layer: Layer
  /** Complete, checked parameter values. */
  readonly params: Readonly<Record<string, unknown>>
  /** Paths of the nodes that feed it, by input number. */
  readonly inputs: readonly string[]
}

/** The document with every block opened: layers only, in an order that can be computed from front to back. */
export interface FlatGraph {
  readonly nodes: readonly FlatNode[]
  /** For each document node the path of the flat node that makes its output. */
  readonly outputs: Readonly<Record<string, string>>
  /** Problems found while expanding: unknown types, bad parameters, dangling wires, cycles. */
  readonly issues: readonly Issue[]
}

/** What analysis knows of one flat node. */
export interface NodeFacts {
  readonly id: string
  readonly origin: string
  readonly type: string
  readonly inputs: readonly Shape[]
  /** Missing if a problem upstream or here keeps it unknown. */
  readonly output?: Shape
  readonly weights: Readonly<Record<string, WeightSpec>>
  /** All weights, moving statistics included, as Keras counts. */
  readonly parameters: number
  readonly trainable: number
  readonly multiplyAdds: number
}

/** What analysis knows of one node of the document (a block's numbers are sums over its inside). */
export interface OriginFacts {
  readonly output?: Shape
  /** The shapes of all outputs, for an own block that has several. */
  readonly outputs?: readonly (Shape | undefined)[]
  readonly parameters: number
  readonly trainable: number
  readonly multiplyAdds: number
  /** Layers inside; 1 for a plain layer. */
  readonly layers: number
}

/** The shape on a wire that leaves a node of the document by one of its outputs (0-based), if it is known. */
export function shapeOut(facts: OriginFacts | undefined, output = 0): Shape | undefined {
  return output === 0 ? facts?.output : facts?.outputs?.[output]
}

export interface HeadFacts {
  readonly id: string
  readonly shape?: Shape
  /** Weight of its loss in the total. */
  readonly weight: number
}

/** Everything that is known before training; pure function of the document. */
export interface Analysis {
  readonly graph: FlatGraph
  readonly nodes: Readonly<Record<string, NodeFacts>>
  readonly origins: Readonly<Record<string, OriginFacts>>
  /** The main head first (the one named `main`, or else the deepest), then the others from front to back. */
  readonly heads: readonly HeadFacts[]
  readonly mainHead?: string
  readonly input?: { readonly id: string; readonly shape: Shape }
  readonly parameters: { readonly total: number; readonly trainable: number }
  readonly multiplyAdds: number
  readonly issues: readonly Issue[]
}
