import type { Block, Port } from '../blocks/define.js'
import type { DocumentNode, NodeId } from '../document/document.js'
import type { Scope } from '../expressions/evaluate.js'
import type { Layer } from '../layers/define.js'
import { isMisfit, isSameShape, type Misfit, type Shape } from '../layers/shapes.js'
import { alikePart, named } from './alike.js'
import { addBlock, madeBy, type Draft } from './draft.js'
import { layerFacts, totalsOf } from './facts.js'
import type { FlatNode } from './graph.js'
import { addOwnBlock, type Opening, type OwnBlock } from './own-block.js'
import { readParams, type ReadParams } from './params.js'
import { fromInput, NOWHERE, type Part } from './part.js'

/** All that a part depends on, besides the node's own parameters. */
export interface Origin {
  readonly kind: Layer | Block | OwnBlock
  /** What feeds it, by input number, and the shapes there, where they are known. */
  readonly inputs: readonly (Port | undefined)[]
  readonly shapes: readonly (Shape | undefined)[]
  /** Inside an own block: values that expressions may name. */
  readonly scope: Scope | undefined
  /** For an input: the size to take instead of its own. */
  readonly image: Shape | undefined
}

/** A part with all that it was made from; ports of an own block are made of nothing. */
export interface Made {
  readonly id: NodeId
  /** The node's parameters as they stand in the document; missing for ports, whose shapes come from outside. */
  readonly params?: object
  readonly origin?: Origin
  readonly read?: ReadParams
  readonly part: Part
}

/**
 * The last parts made of a node, the newest first, by its parameters: an edit elsewhere leaves them the same objects. A few,
 * because undoing comes back, and a net for images of any size is tried out at other sizes too.
 */
const known = new WeakMap<object, readonly Made[]>()
const KEPT = 3
/** Copies of nodes share their parameters; of so many parts they are remembered together. */
const MOST = 60

/**
 * The part of a node. Where neither its parameters nor what feeds it has changed, it is the very same object as before, so
 * that all that is computed from it can be kept too: an edit costs what it changes, not what the net holds.
 */
export function partOf(id: NodeId, node: DocumentNode, origin: Origin): Made {
  const { params } = node
  const before = known.get(params) ?? []
  for (const made of before) if (made.id === id && isSame(made.origin!, origin)) return made
  const { kind, scope } = origin
  const last = before.find((made) => made.id === id)
  const alike = before.find((made) => made.id === id && made.origin!.kind === kind && made.origin!.scope === scope)
  const read = alike?.read ?? readParams(id, node, kind.params, scope)
  const part = 'infer' in kind ? layerPart(id, kind, read, origin) : blockPart(id, kind, read, origin, last?.part)
  const made = { id, params, origin, read, part }
  known.set(params, [made, ...before].filter(isRecent).slice(0, MOST))
  return made
}

function isRecent({ id }: Made, at: number, all: readonly Made[]): boolean {
  let newer = 0
  for (let i = 0; i < at; i++) if (all[i]!.id === id) newer++
  return newer < KEPT
}

const NO_MISFITS: ReadonlyMap<string, Misfit> = new Map()
/** Sources of a layer that takes the one input of its part, and of an output made by a part's first layer. */
const ONE = [fromInput(0)]
const FIRST = [0]

function layerPart(id: NodeId, layer: Layer, { values, issues }: ReadParams, { inputs, shapes, image }: Origin): Part {
  const ports = inputs.filter(isKnown)
  const node: FlatNode = { id, origin: id, layer, params: values, inputs: ports }
  const made = madeBy(layer, values, shapes, image)
  const [shape, misfit] = made === undefined || isMisfit(made) ? [undefined, made] : [made, undefined]
  const facts = layerFacts(node, shapes.filter(isKnown), shape)
  return {
    nodes: [node],
    sources: [inputs.length === 1 && ports.length === 1 ? ONE : sourcesOf(inputs)],
    misfits: misfit ? new Map([[id, misfit]]) : NO_MISFITS,
    outputs: [id],
    ends: FIRST,
    shapes: [shape],
    opened: 0,
    facts: totalsOf([facts], [shape]),
    issues,
    memory: [],
  }
}

function blockPart(
  id: NodeId,
  kind: Block | OwnBlock,
  { values, issues }: ReadParams,
  origin: Origin,
  last: Part | undefined,
): Part {
  const alike = alikePart(kind, values, origin, (fed) => namelessPart(kind, values, fed))
  const part = named(alike, id, origin.inputs, last)
  return issues.length === 0 ? part : { ...part, issues: [...issues, ...part.issues] }
}

/** The part of a block as it is where the block has no name. */
function namelessPart(
  kind: Block | OwnBlock,
  params: ReadParams['values'],
  { inputs, shapes }: Pick<Origin, 'inputs' | 'shapes'>,
): Part {
  const draft: Draft = { nodes: [], shapes: new Map(), misfits: new Map(), input: undefined }
  inputs.forEach((port, at) => {
    const shape = shapes[at]
    if (port !== undefined && shape) draft.shapes.set(port, shape)
  })
  const place = { id: '', origin: '', params, inputs }
  const opening: Opening = { issues: [], opened: 0 }
  const outputs = 'inside' in kind ? addOwnBlock(draft, kind, place, opening) : [addBlock(draft, kind, place)]
  const { nodes, misfits } = draft
  const shapeAt = (path: Port | undefined) => (path === undefined ? undefined : draft.shapes.get(path))
  const facts = nodes.map((node) => layerFacts(node, node.inputs.map(shapeAt).filter(isKnown), shapeAt(node.id)))
  const made = outputs.map(shapeAt)
  const sourceOf = sourcesIn(nodes, inputs)
  return {
    nodes,
    sources: nodes.map((node) => node.inputs.map(sourceOf)),
    misfits,
    outputs,
    ends: outputs.map(sourceOf),
    shapes: made,
    opened: opening.opened,
    facts: totalsOf(facts, made),
    issues: opening.issues,
    memory: [],
  }
}

function isKnown<T>(value: T | undefined): value is T {
  return value !== undefined
}

function sourcesOf(inputs: readonly (Port | undefined)[]): readonly number[] {
  return inputs.flatMap((port, at) => (port === undefined ? [] : [fromInput(at)]))
}

function sourcesIn(nodes: readonly FlatNode[], inputs: readonly (Port | undefined)[]) {
  const places = new Map<string, number>()
  inputs.forEach((port, at) => {
    if (port !== undefined) places.set(port, fromInput(at))
  })
  nodes.forEach(({ id }, at) => places.set(id, at))
  return (path: Port | undefined) => (path === undefined ? NOWHERE : (places.get(path) ?? NOWHERE))
}

/** What a block's port becomes while the inside is shown: no layer, just the shape that passes. */
export function portMade(id: NodeId, from: Port | undefined, shape: Shape | undefined): Made {
  const part: Part = {
    nodes: [],
    sources: [],
    misfits: NO_MISFITS,
    outputs: [from ?? id],
    ends: [from === undefined ? NOWHERE : fromInput(0)],
    shapes: [shape],
    opened: 0,
    facts: totalsOf([], [shape]),
    issues: [],
    memory: [],
  }
  return { id, part }
}

function isSame(a: Origin, b: Origin): boolean {
  if (a.kind !== b.kind || a.scope !== b.scope || a.inputs.length !== b.inputs.length || !isSameShape(a.image, b.image))
    return false
  for (let at = 0; at < a.inputs.length; at++) {
    if (a.inputs[at] !== b.inputs[at] || !isSameShape(a.shapes[at], b.shapes[at])) return false
  }
  return true
}
