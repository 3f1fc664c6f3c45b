import type { Block, Port } from '../blocks/define.js'
import type { DocumentNode, NodeId } from '../document/document.js'
import type { Issue } from '../errors.js'
import type { Layer, Misfit } from '../layers/define.js'
import type { Shape } from '../layers/shapes.js'
import { addBlock, addLayer, type Draft } from './draft.js'
import type { FlatNode } from './graph.js'
import { readParams } from './params.js'

/** What one node of the document becomes when it is opened: its layers with their shapes, and its own problems. */
export interface Part {
  readonly nodes: readonly FlatNode[]
  /** Shapes of what feeds the part and of all that it makes. */
  readonly shapes: ReadonlyMap<string, Shape>
  readonly misfits: ReadonlyMap<string, Misfit>
  /** Path of the layer that makes the node's output. */
  readonly output: Port
  readonly issues: readonly Issue[]
}

/** All that a part depends on, besides the node's own parameters. */
export interface Origin {
  readonly kind: Layer | Block
  /** What feeds it, by input number, and the shapes there, where they are known. */
  readonly inputs: readonly (Port | undefined)[]
  readonly shapes: readonly (Shape | undefined)[]
  /** For an input: the size to take instead of its own. */
  readonly input: Shape | undefined
}

interface Known {
  readonly id: NodeId
  readonly origin: Origin
  readonly part: Part
}

/** The last part made of a node, by its parameters: an edit elsewhere leaves them the same object. */
const known = new WeakMap<object, Known>()

/**
 * The part of a node. Where neither its parameters nor what feeds it has changed, it is the very same object as before, so
 * that all that is computed from it can be kept too: an edit costs what it changes, not what the net holds.
 */
export function partOf(id: NodeId, node: DocumentNode, origin: Origin): Part {
  const last = known.get(node.params)
  if (last && last.id === id && isSame(last.origin, origin)) return last.part
  const part = build(id, node, origin)
  known.set(node.params, { id, origin, part })
  return part
}

function build(id: NodeId, node: DocumentNode, { kind, inputs, shapes, input }: Origin): Part {
  const draft: Draft = { nodes: [], shapes: new Map(), misfits: new Map(), input }
  inputs.forEach((port, at) => {
    const shape = shapes[at]
    if (port !== undefined && shape) draft.shapes.set(port, shape)
  })
  const { values, issues } = readParams(id, node, kind.params)
  const place = { id, origin: id, params: values, inputs }
  const output = 'expand' in kind ? addBlock(draft, kind, place) : addLayer(draft, kind, place)
  return { nodes: draft.nodes, shapes: draft.shapes, misfits: draft.misfits, output, issues }
}

function isSame(a: Origin, b: Origin): boolean {
  if (a.kind !== b.kind || a.inputs.length !== b.inputs.length || !isSameShape(a.input, b.input)) return false
  return a.inputs.every((port, at) => port === b.inputs[at] && isSameShape(a.shapes[at], b.shapes[at]))
}

function isSameShape(a: Shape | undefined, b: Shape | undefined): boolean {
  if (a === b) return true
  return a?.length === b?.length && (a?.every((extent, side) => extent === b?.[side]) ?? false)
}
