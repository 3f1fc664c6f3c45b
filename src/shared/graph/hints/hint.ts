import type { Document } from '../../document/document.js'
import type { Issue } from '../../errors.js'
import type { FlatGraph, FlatNode, HeadFacts, NodeFacts, ReceptiveField } from '../graph.js'

/** A net as hints look at it. */
export interface Net {
  readonly document: Document
  readonly graph: FlatGraph
  readonly facts: Readonly<Record<string, NodeFacts>>
  readonly heads: readonly HeadFacts[]
  /** Whether the output of some node is not used. */
  readonly hasDeadEnds: boolean
  readonly receptiveFields: ReadonlyMap<string, ReceptiveField>
  /** Layers by path. */
  readonly layers: ReadonlyMap<string, FlatNode>
  /** The layers that use the output of each, by path. */
  readonly users: ReadonlyMap<string, readonly FlatNode[]>
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
  /** Looked for at every layer, so the first question must be a cheap one. */
  readonly at: (node: FlatNode, net: Net) => Finding | undefined
}

/** The layers that use a layer's output. */
export function usersOf(net: Net, { id }: FlatNode): readonly FlatNode[] {
  return net.users.get(id) ?? []
}

/** The layer that feeds an input, if it is known. */
export function before(net: Net, { inputs }: FlatNode, input = 0): FlatNode | undefined {
  return net.layers.get(inputs[input] ?? '')
}

/** Whether a layer is a node of the document itself: what is inside a block cannot be changed by itself. */
export function isDrawn({ id, origin }: FlatNode): boolean {
  return id === origin
}
