import type { Document } from '../../document/document.js'
import type { Issue } from '../../errors.js'
import type { Layer } from '../../layers/define.js'
import type { FlatNode, HeadFacts, NodeFacts, ReceptiveField } from '../graph.js'
import type { Skeleton } from '../skeleton.js'

/** A net as hints look at it. */
export interface Net {
  readonly document: Document
  readonly nodes: readonly FlatNode[]
  readonly skeleton: Skeleton
  /** What is known of each layer, by path. */
  readonly facts: Readonly<Record<string, NodeFacts>>
  readonly heads: readonly HeadFacts[]
  /** Whether the output of some node is not used. */
  readonly hasDeadEnds: boolean
  readonly receptiveFields: ReadonlyMap<string, ReceptiveField>
  /** Paths of the heads and of all that feeds them. */
  readonly needed: ReadonlySet<string>
}

/** What a hint says: words with the numbers of this net, what could be better, and a command where one is obvious. */
export interface Finding {
  readonly message: string
  readonly hint: string
  readonly fix?: Issue['fix']
}

/** Advice on a design that works but is seldom what one wants. */
export interface Hint {
  /** `design/…`, stable. */
  readonly code: string
  /** The layers it may be about. */
  readonly looksAt: (layer: Layer) => boolean
  /** Whether it has anything to say of a net at all. */
  readonly when?: (net: Net) => boolean
  /** True if it depends on more than the layer itself and what it is wired to. */
  readonly whole?: true
  readonly at: (node: FlatNode, net: Net) => Finding | undefined
}

/** The layers that use a layer's output. */
export function usersOf({ skeleton, nodes }: Net, { id }: FlatNode): readonly FlatNode[] {
  return (skeleton.users[skeleton.places.get(id)!] ?? []).map((place) => nodes[place]!)
}

/** The layer of a path, if there is one. */
export function layerAt({ skeleton, nodes }: Net, path: string | undefined): FlatNode | undefined {
  return path === undefined ? undefined : nodes[skeleton.places.get(path) ?? -1]
}

/** The layer that feeds the first input, if it is known. */
export function before(net: Net, { inputs }: FlatNode): FlatNode | undefined {
  return layerAt(net, inputs[0])
}

/** Whether a layer is a node of the document itself: what is inside a block cannot be changed by itself. */
export function isDrawn({ id, origin }: FlatNode): boolean {
  return id === origin
}
