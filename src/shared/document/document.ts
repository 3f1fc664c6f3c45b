import { LIMITS } from '../limits.js'

/** Id of a node in the document; matches `[a-z][a-z0-9_]*`. Inside a block the full path is `block/inner`. */
export type NodeId = string

/** One layer or block on the canvas. */
export interface DocumentNode {
  /** A layer type (`conv2d`), a block type (`inception`), or an unknown type kept verbatim. */
  readonly type: string
  /** Parameter values by name; every default is written out. */
  readonly params: Readonly<Record<string, unknown>>
  /** Position of the top left corner on the canvas, in px. */
  readonly at: readonly [number, number]
}

/** A wire carries the one output of `from` into input number `input` (0-based) of `to`. */
export interface Wire {
  readonly from: NodeId
  readonly to: NodeId
  readonly input: number
}

/** What the document remembers of the view: nothing that changes a number. */
export interface View {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

/** The network as the user draws it: plain, immutable data. Nothing that can be derived is stored. */
export interface Document {
  readonly format: 'netwright'
  readonly version: 1
  /** Title shown in the tab. */
  readonly name: string
  readonly nodes: Readonly<Record<NodeId, DocumentNode>>
  readonly wires: readonly Wire[]
  /** The user's own blocks, by name; none can be made yet, files that have them keep them. */
  readonly blocks: Readonly<Record<string, unknown>>
  /** Settings of the last training started from this document (`TrainingSettings`, partly filled). */
  readonly training: Readonly<Record<string, unknown>>
  readonly view?: View
  /** Fields that a newer writer put here: kept verbatim. */
  readonly extra?: Readonly<Record<string, unknown>>
}

/** A document without nodes. */
export function emptyDocument(name = 'Untitled'): Document {
  return { format: 'netwright', version: 1, name, nodes: {}, wires: [], blocks: {}, training: {} }
}

const NODE_ID = /^[a-z][a-z0-9_]*$/

/** True for a text that can name a node: the pattern, at most 256 characters, and no name that every object has. */
export function isNodeId(text: string): boolean {
  return NODE_ID.test(text) && text.length <= LIMITS.nameLength && text !== 'constructor'
}

/** The node of an id, if there is one. */
export function nodeOf(document: Document, id: NodeId): DocumentNode | undefined {
  return Object.hasOwn(document.nodes, id) ? document.nodes[id] : undefined
}
