import type { Block, Port } from '../blocks/define.js'
import type { DocumentNode, NodeId } from '../document/document.js'
import type { Issue } from '../errors.js'
import type { Scope } from '../expressions/evaluate.js'
import type { Layer, Misfit } from '../layers/define.js'
import type { Shape } from '../layers/shapes.js'
import { addBlock, addLayer, type Draft } from './draft.js'
import { factsOf, type PartFacts } from './facts.js'
import type { FlatNode } from './graph.js'
import { addOwnBlock, type Opening, type OwnBlock } from './own-block.js'
import { readParams } from './params.js'

/** What one node of the document becomes when it is opened: its layers with their shapes, and its own problems. */
export interface Part {
  readonly nodes: readonly FlatNode[]
  /** Shapes of what feeds the part and of all that it makes. */
  readonly shapes: ReadonlyMap<string, Shape>
  readonly misfits: ReadonlyMap<string, Misfit>
  /** Path of the layer that makes the node's first output. */
  readonly output: Port
  /** The same for every output; own blocks may have several, and leave one unmade. */
  readonly outputs: readonly (Port | undefined)[]
  /** Layers and blocks that were opened for it, if it is an own block. */
  readonly opened: number
  readonly facts: PartFacts
  readonly issues: readonly Issue[]
}

/** All that a part depends on, besides the node's own parameters. */
export interface Origin {
  readonly kind: Layer | Block | OwnBlock
  /** What feeds it, by input number, and the shapes there, where they are known. */
  readonly inputs: readonly (Port | undefined)[]
  readonly shapes: readonly (Shape | undefined)[]
  /** Inside an own block: values that expressions may name. */
  readonly scope: Scope | undefined
  /** For an input: the size to take instead of its own. */
  readonly input: Shape | undefined
}

/** A part with all that it was made from; ports of an own block are made of nothing. */
export interface Made {
  readonly id: NodeId
  readonly params: object
  readonly origin?: Origin
  readonly part: Part
}

/**
 * The last parts made of a node, by its parameters: an edit elsewhere leaves them the same object. Two, because a net for
 * images of any size is tried out at one size too.
 */
const known = new WeakMap<object, readonly [Made, Made?]>()

/**
 * The part of a node. Where neither its parameters nor what feeds it has changed, it is the very same object as before, so
 * that all that is computed from it can be kept too: an edit costs what it changes, not what the net holds. `last` is what
 * stood at its place before, and mostly still does.
 */
export function partOf(id: NodeId, node: DocumentNode, origin: Origin, last?: Made): Made {
  const { params } = node
  const isIt = (made: Made | undefined) =>
    made?.params === params && made.id === id && made.origin !== undefined && isSame(made.origin, origin)
  if (isIt(last)) return last!
  const before = known.get(params)
  const found = before?.find(isIt)
  if (found) return found
  const made = { id, params, origin, part: build(id, node, origin) }
  known.set(params, before ? [made, before[0]] : [made])
  return made
}

function build(id: NodeId, node: DocumentNode, { kind, inputs, shapes, scope, input }: Origin): Part {
  const draft: Draft = { nodes: [], shapes: new Map(), misfits: new Map(), input }
  inputs.forEach((port, at) => {
    const shape = shapes[at]
    if (port !== undefined && shape) draft.shapes.set(port, shape)
  })
  const { values, issues } = readParams(id, node, kind.params, scope)
  const place = { id, origin: id, params: values, inputs }
  const opening: Opening = { issues, opened: 0 }
  const outputs =
    'inside' in kind
      ? addOwnBlock(draft, kind, place, opening)
      : ['expand' in kind ? addBlock(draft, kind, place) : addLayer(draft, kind, place)]
  const { nodes, misfits, shapes: made } = draft
  const part = { nodes, shapes: made, misfits, output: outputs[0] ?? id, outputs, issues, opened: opening.opened }
  return { ...part, facts: factsOf(part) }
}

/** The part of a block's port while the inside is shown: no layer, just the shape that passes. */
export function portPart(id: NodeId, from: Port | undefined, shape: Shape | undefined): Part {
  const shapes = new Map(shape ? [[from ?? id, shape]] : [])
  const output = from ?? id
  const part = { nodes: [], shapes, misfits: new Map(), output, outputs: [output], issues: [], opened: 0 }
  return { ...part, facts: factsOf(part) }
}

function isSame(a: Origin, b: Origin): boolean {
  if (a.kind !== b.kind || a.scope !== b.scope || a.inputs.length !== b.inputs.length || !isSameShape(a.input, b.input))
    return false
  return a.inputs.every((port, at) => port === b.inputs[at] && isSameShape(a.shapes[at], b.shapes[at]))
}

/** Whether two shapes are equal, or both unknown. */
export function isSameShape(a: Shape | undefined, b: Shape | undefined): boolean {
  if (a === b) return true
  return a?.length === b?.length && (a?.every((extent, side) => extent === b?.[side]) ?? false)
}
