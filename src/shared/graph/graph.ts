import type { Issue } from '../errors.js'
import type { Layer, WeightSpec } from '../layers/define.js'
import type { Shape } from '../layers/shapes.js'
import type { AnySize } from './any-size/rule.js'

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

/**
 * What the places of a layer see of the image along one side, in px of the image, as far from every border as nothing is cut off
 * there. While training a random crop moves it; this is what is seen afterwards.
 */
export interface Sight {
  /** Pixels from the first to the last that a place sees, of the one that sees most; gaps of dilated kernels count. */
  readonly size: number
  /** How far the field moves from one place to the next, on average: the effective stride, below 1 behind layers that enlarge. */
  readonly stride: number
  /** Where the field of place 0 begins; below 0 it begins in the padding. */
  readonly first: number
  /**
   * Where places do not all see alike: what each sees, from the first to the last pixel, until all repeat `stride` times their
   * number further; none for one that sees nothing, as between the gaps of a dilated transposed convolution.
   */
  readonly places?: readonly (readonly [first: number, last: number] | undefined)[]
}

/** Receptive field along height and width; `all` behind a layer that looks at the whole image. */
export type ReceptiveField = readonly [rows: Sight, columns: Sight] | 'all'

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
  /** Share of the values under its windows that are padding, 0 to 1; missing while a size is open. */
  readonly padding?: number
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

/** What analysis knows of one output of the net. */
export interface HeadFacts {
  /** Path: the document's node id, or `block/inner` for a head inside an own block. */
  readonly id: string
  /** The document's node it comes from. */
  readonly origin: string
  readonly shape?: Shape
  /** Whether it chooses among classes or answers with a number. */
  readonly predicts: 'classes' | 'number'
  /** Weight of its loss in the total. */
  readonly weight: number
  /**
   * Layers with kernels (convolutions and dense layers) on the longest and the shortest way from the input: the first is
   * what papers call the depth, the second is how far a gradient must travel at least. Missing where the shape is.
   */
  readonly depth?: { readonly longest: number; readonly shortest: number }
}

/** Everything that is known before training; pure function of the document. */
export interface Analysis {
  readonly graph: FlatGraph
  readonly nodes: Readonly<Record<string, NodeFacts>>
  readonly origins: Readonly<Record<string, OriginFacts>>
  /** The main head first (the one named `main`, in a block too, or else the deepest), then the others from front to back. */
  readonly heads: readonly HeadFacts[]
  readonly mainHead?: string
  readonly input?: { readonly id: string; readonly shape: Shape }
  readonly parameters: { readonly total: number; readonly trainable: number }
  readonly multiplyAdds: number
  /** What each layer sees of the image, by path, where it is known. */
  readonly receptiveFields: ReadonlyMap<string, ReceptiveField>
  /** For an input that takes images of any size: heights and widths as functions of the image's, and which sizes work. */
  readonly anySize?: AnySize
  readonly issues: readonly Issue[]
  /** Advice on designs that work but are seldom what one wants: issues of severity `info`. */
  readonly hints: readonly Issue[]
}

/** A record to be filled under names that may be any text; without a prototype it is filled five times as fast too. */
export function emptyRecord<T>(): Record<string, T> {
  return Object.create(null) as Record<string, T>
}
