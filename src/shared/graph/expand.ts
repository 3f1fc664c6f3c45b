import { blockOf } from '../blocks/index.js'
import type { Document, DocumentNode, NodeId } from '../document/document.js'
import { BLOCK_INPUT, isAllowedInside, isPortType } from '../document/own-blocks.js'
import type { Issue } from '../errors.js'
import { layerOf } from '../layers/index.js'
import type { Misfit, Shape } from '../layers/shapes.js'
import { LIMITS } from '../limits.js'
import type { Scope } from '../expressions/evaluate.js'
import { frameOf, type Frame } from './frame.js'
import type { FlatGraph, FlatNode, NodeFacts } from './graph.js'
import { insideIssues } from './issues/inside-issues.js'
import { cycleIssue, unknownType } from './issues/net-issues.js'
import { ownBlockOf, tooMany } from './own-block.js'
import { entriesOf, wiringOf, type Joint, type Wiring } from './wiring.js'
import { partOf, portMade, type Made } from './made.js'

/** A document whose nodes are opened, and not yet put in a row. */
interface Opened {
  readonly wiring: Wiring
  /** By step: what the node became; none for a node of unknown type. */
  readonly made: readonly (Made | undefined)[]
}

/** A document with every block opened: lists by step follow the wiring, lists by place the layers. */
export interface Expansion extends Opened {
  readonly frame: Frame
  /** By place: the layers, front to back. */
  readonly nodes: readonly FlatNode[]
  /** By place: what is known of them. */
  readonly layers: readonly NodeFacts[]
  /** Layers whose inputs do not fit, front to back. */
  readonly misfits: readonly Misplaced[]
  /** Tensors of more values than can be addressed. */
  readonly tooLarge: readonly (readonly [NodeFacts, Shape])[]
  readonly sums: Readonly<Sums>
  /** Problems found on the way: unknown types, bad parameters, dangling wires, circles. */
  readonly issues: readonly Issue[]
}

/** A layer whose inputs do not fit, the node of the document that it comes from, and why. */
interface Misplaced {
  readonly id: string
  readonly origin: NodeId
  readonly misfit: Misfit
}

/** Numbers of all nodes together. */
interface Sums {
  parameters: number
  trainable: number
  multiplyAdds: number
  /** Layers and blocks opened inside own blocks. */
  opened: number
}

/** Shapes at the input ports of a block whose inside is analysed, by their ids. */
export type PortShapes = Readonly<Record<NodeId, Shape | undefined>>

/** Open every block: the document as layers only, front to back, with its problems. Never throws. */
export function expand(document: Document): FlatGraph {
  return flatGraph(expansionOf(document))
}

/** The layers of an expansion as a graph of their own. */
export function flatGraph({ frame, nodes, issues }: Expansion): FlatGraph {
  return { nodes, outputs: frame.outputs, issues }
}

/** What is known of the input of a net, if it has one. */
export function inputOf({ layers }: Expansion): NodeFacts | undefined {
  return layers.find(({ type }) => type === 'input')
}

/** Output shape of the layer of a path, if both are known. */
export function shapeAt({ layers }: Expansion, path: string | undefined): Shape | undefined {
  return layers.find(({ id }) => id === path)?.output
}

/** What was opened last of a wiring, by the size of its images; an edit that changes nothing opened gets the same object. */
const known = new WeakMap<Wiring, Map<string, Opened>>()
const KEPT = 3

const expansions = new WeakMap<Opened, Expansion>()

/**
 * `expand` with the shapes it needs anyway; `image` replaces the size of the input node. For the inside of an own block
 * `ports` are the shapes at its inputs, where they are known.
 */
export function expansionOf(document: Document, image?: Shape, ports: PortShapes = {}): Expansion {
  const opened = openedOf(document, image, ports)
  const existing = expansions.get(opened)
  if (existing) return existing
  const expansion = assembled(document, opened)
  expansions.set(opened, expansion)
  return expansion
}

/** Layers whose inputs do not fit for images of a size, front to back: less than a whole expansion where that is all one asks. */
export function misfitsAt(document: Document, image: Shape): readonly Misplaced[] {
  return misfitsOf(openedOf(document, image, {}))
}

function openedOf(document: Document, image: Shape | undefined, ports: PortShapes): Opened {
  const wiring = wiringOf(document)
  const lasts = known.get(wiring) ?? new Map<string, Opened>()
  const key = String(image)
  const last = lasts.get(key)
  const made = madeOf(document, wiring, image, ports, last?.made)
  // Nodes on a circle are not opened, so nothing says whether they have changed.
  const isWhole = made.length === wiring.joints.size
  if (last && isWhole && made.every((one, at) => one === last.made[at])) return last
  if (!last && lasts.size >= KEPT) lasts.clear()
  const opened = { wiring, made }
  known.set(wiring, lasts.set(key, opened))
  return opened
}

function misfitsOf({ wiring: { steps }, made }: Opened): readonly Misplaced[] {
  const misfits: Misplaced[] = []
  for (let at = 0; at < made.length; at++) {
    const found = made[at]?.part.misfits
    if (!found || found.size === 0) continue
    for (const [id, misfit] of found) misfits.push({ id, origin: steps[at]!.id, misfit })
  }
  return misfits
}

/** What each node becomes, by step; what has not changed is the same object as in `last`, or in another net before. */
function madeOf(
  document: Document,
  { steps }: Wiring,
  image: Shape | undefined,
  ports: PortShapes,
  last: Opened['made'] | undefined,
): Opened['made'] {
  const { nodes } = entriesOf(document)
  const scope = document.within?.values
  const made = new Array<Made | undefined>(steps.length).fill(undefined)
  let opened = 0
  for (let at = 0; at < steps.length; at++) {
    const step = steps[at]!
    const node = nodes[step.place]!
    const before = last?.[at]
    if (before && before.params === node.params && isFedAsBefore(step, made, last!)) made[at] = before
    else if (!scope || isAllowedInside(step.type)) made[at] = open(document, step, node, made, { scope, image, ports, opened }) // prettier-ignore
    opened += made[at]?.part.opened ?? 0
  }
  return made
}

function isFedAsBefore({ feeds }: Joint, made: Opened['made'], last: Opened['made']): boolean {
  for (const feed of feeds) if (feed && made[feed.from.at] !== last[feed.from.at]) return false
  return true
}

/** What stands around the nodes of a document. */
interface Around {
  readonly scope: Scope | undefined
  readonly image: Shape | undefined
  readonly ports: PortShapes
  /** Layers and blocks opened so far inside own blocks. */
  readonly opened: number
}

function open(
  document: Document,
  step: Joint,
  node: DocumentNode,
  made: Opened['made'],
  { scope, image, ports, opened }: Around,
): Made | undefined {
  const { id, type } = step
  const { inputs, shapes } = sourcesOf(step, made)
  if (scope && isPortType(type)) return portMade(id, inputs[0], type === BLOCK_INPUT ? ports[id] : shapes[0])
  const kind = kindFor(document, type)
  if (!kind || (opened > LIMITS.opened && 'inside' in kind)) return undefined
  return partOf(id, node, { kind, inputs, shapes, scope, image: type === 'input' ? image : undefined })
}

/** What a node's type stands for in a document, if it is known there. */
function kindFor(document: Document, type: string) {
  return layerOf(type) ?? blockOf(type) ?? ownBlockOf(document, type)
}

/** The paths that feed a step, and the shapes there, by input number. */
function sourcesOf({ feeds }: Joint, made: readonly (Made | undefined)[]) {
  const inputs = new Array<string | undefined>(feeds.length)
  const shapes = new Array<Shape | undefined>(feeds.length)
  for (let input = 0; input < feeds.length; input++) {
    const feed = feeds[input]
    const part = feed && made[feed.from.at]?.part
    // A node of unknown type stands under its own name: what it feeds keeps its inputs, their shapes stay unknown.
    inputs[input] = feed && (part?.outputs[feed.output] ?? feed.from.id)
    shapes[input] = part?.shapes[feed!.output]
  }
  return { inputs, shapes }
}

function assembled(document: Document, opened: Opened): Expansion {
  const { wiring, made } = opened
  const { steps, cycles } = wiring
  const [nodes, layers]: [FlatNode[], NodeFacts[]] = [[], []]
  const tooLarge: (readonly [NodeFacts, Shape])[] = []
  const sums: Sums = { parameters: 0, trainable: 0, multiplyAdds: 0, opened: 0 }
  const issues = document.within
    ? [...insideIssues(document, wiring, cycles)]
    : [...wiring.issues, ...cycles.map(cycleIssue)]
  for (let at = 0; at < steps.length; at++) {
    const { id, type } = steps[at]!
    const part = made[at]?.part
    if (!part) {
      if (!document.within && !kindFor(document, type)) issues.push(unknownType(id, type))
      continue
    }
    for (const node of part.nodes) nodes.push(node)
    for (const layer of part.facts.layers) layers.push(layer)
    for (const [layer, shape] of part.facts.tooLarge) tooLarge.push([part.facts.layers[layer]!, shape])
    const before = sums.opened
    count(sums, part.facts.whole, part.opened)
    if (sums.opened > LIMITS.opened && before <= LIMITS.opened) issues.push(tooMany(id))
    for (const issue of part.issues) issues.push(issue)
  }
  const [frame, misfits] = [frameOf(wiring, made), misfitsOf(opened)]
  return { ...opened, frame, nodes, layers, misfits, tooLarge, sums, issues: withoutRepeats(issues) }
}

function count(sums: Sums, { parameters, trainable, multiplyAdds }: Omit<Sums, 'opened'>, opened: number): void {
  sums.parameters += parameters
  sums.trainable += trainable
  sums.multiplyAdds += multiplyAdds
  sums.opened += opened
}

/** A problem inside an own block is one problem, however often the block is used. */
function withoutRepeats(issues: readonly Issue[]): readonly Issue[] {
  const seen = new Set<string>()
  return issues.filter(({ code, message, where: { block } }) => {
    if (block === undefined) return true
    const key = `${block} ${code} ${message}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
