import type { Field, Fields } from '../layers/fields.js'
import { LIMITS } from '../limits.js'

/** Id of a node in the document; matches `[a-z][a-z0-9_]*`. Inside a block the full path is `block/inner`. */
export type NodeId = string

/** One layer or block on the canvas. */
export interface DocumentNode {
  /** A layer type (`conv2d`), a block type (`inception`), an own block (`own/stem`), or an unknown type kept verbatim. */
  readonly type: string
  /** Parameter values by name; every default is written out. */
  readonly params: Readonly<Record<string, unknown>>
  /** Position of the top left corner on the canvas, in px. */
  readonly at: readonly [number, number]
}

/** A wire carries an output of `from` into input number `input` (0-based) of `to`. */
export interface Wire {
  readonly from: NodeId
  readonly to: NodeId
  readonly input: number
  /** Which output of `from` (0-based); left out for the first, the only one of everything but own blocks. */
  readonly output?: number
}

/** A place where wires enter or leave the inside of an own block. */
export interface BlockPort {
  readonly id: NodeId
  readonly at: readonly [number, number]
}

/** A parameter that an own block shows outside; expressions inside name it. */
export type BlockParam = Field & { readonly name: string }

/**
 * A block of the user's own: a net in the net. Wires inside lead from input ports and to output ports as if these were
 * nodes; parameter values may be expressions of the block's parameters (`=1.5*N`).
 */
export interface BlockDefinition {
  readonly title: string
  readonly doc: string
  /** In the order of the block's inputs. */
  readonly inputs: readonly BlockPort[]
  /** In the order of the block's outputs. */
  readonly outputs: readonly BlockPort[]
  /** In the order of the form. */
  readonly params: readonly BlockParam[]
  readonly nodes: Readonly<Record<NodeId, DocumentNode>>
  readonly wires: readonly Wire[]
}

/** Own blocks by their name; a node of type `own/<name>` uses one. */
export type Blocks = Readonly<Record<string, BlockDefinition>>

/** What a document knows that shows the inside of an own block, at one of the places where it is used. */
export interface Within {
  /** Name of the block. */
  readonly block: string
  /** The block's parameters and their values at this place: the scope of its expressions. */
  readonly params: Fields
  readonly values: Readonly<Record<string, unknown>>
}

/** What the document remembers of the view: nothing that changes a number. */
export interface View {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

/** The template that drew a document, and its values that differ from the defaults. */
export interface TemplateUse {
  readonly name: string
  readonly values: Readonly<Record<string, unknown>>
}

/** The network as the user draws it: plain, immutable data. Nothing that can be derived is stored. */
export interface Document {
  readonly format: 'netwright'
  readonly version: 2
  /** Title shown in the tab. */
  readonly name: string
  readonly nodes: Readonly<Record<NodeId, DocumentNode>>
  readonly wires: readonly Wire[]
  readonly blocks: Blocks
  /** Settings of the last training started from this document (`TrainingSettings`, partly filled). */
  readonly training: Readonly<Record<string, unknown>>
  readonly view?: View
  /** What the document was before it was edited, so that it can be compared with the numbers of the paper. */
  readonly template?: TemplateUse
  /** Fields that a newer writer put here: kept verbatim. */
  readonly extra?: Readonly<Record<string, unknown>>
  /** Only while the inside of a block is shown as a document (`insideOf`); never in a file. */
  readonly within?: Within
}

/** A document without nodes. */
export function emptyDocument(name = 'Untitled'): Document {
  return { format: 'netwright', version: 2, name, nodes: {}, wires: [], blocks: {}, training: {} }
}

const NODE_ID = /^[a-z][a-z0-9_]*$/

/** True for a text that can name a node: the pattern, at most 256 characters, and no name that every object has. */
export function isNodeId(text: string): boolean {
  return NODE_ID.test(text) && text.length <= LIMITS.nameLength && text !== 'constructor'
}

/** The node of an id, if there is one. */
export function nodeOf(document: Pick<Document, 'nodes'>, id: NodeId): DocumentNode | undefined {
  return Object.hasOwn(document.nodes, id) ? document.nodes[id] : undefined
}
