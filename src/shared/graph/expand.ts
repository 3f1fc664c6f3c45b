import { blockOf } from '../blocks/index.js'
import type { Document, NodeId } from '../document/document.js'
import { BLOCK_INPUT, isAllowedInside, isPortType } from '../document/own-blocks.js'
import type { Issue } from '../errors.js'
import type { Misfit } from '../layers/define.js'
import { layerOf } from '../layers/index.js'
import type { Shape } from '../layers/shapes.js'
import { LIMITS } from '../limits.js'
import type { FlatGraph, FlatNode } from './graph.js'
import { insideIssues } from './inside-issues.js'
import { cycleIssue, unknownType } from './net-issues.js'
import { ownBlockOf, portKey, tooMany } from './own-block.js'
import { partOf, portPart, type Made, type Part } from './part.js'
import { wiringOf, type Wiring } from './wiring.js'

/** A flat graph with all that was learned while it was built. */
export interface Expansion {
  readonly graph: FlatGraph
  readonly wiring: Wiring
  /** What each node of the document became; none for a node of unknown type or on a circle. */
  readonly parts: ReadonlyMap<NodeId, Part>
  /** Output shape of each flat node that has one. */
  readonly shapes: ReadonlyMap<string, Shape>
  /** Why the inputs of a flat node do not fit. */
  readonly misfits: ReadonlyMap<string, Misfit>
}

/** Open every block: the document as layers only, front to back, with its problems. Never throws. */
export function expand(document: Document): FlatGraph {
  return expansionOf(document).graph
}

/**
 * `expand` with the shapes it needs anyway; `input` replaces the size of the input node. For the inside of an own block
 * `ports` are the shapes at its inputs, where they are known.
 */
export function expansionOf(document: Document, input?: Shape, ports: PortShapes = {}): Expansion {
  const wiring = wiringOf(document)
  const { steps, cycles } = wiring
  const found: Found = { nodes: [], parts: new Map(), shapes: new Map(), misfits: new Map(), outputs: {} }
  const made: (Part | undefined)[] = []
  const before = madeBefore(wiring, input)
  const issues = document.within
    ? [...insideIssues(document, wiring, cycles)]
    : [...wiring.issues, ...cycles.map(cycleIssue)]
  let opened = 0
  steps.forEach(({ id, feeds }, at) => {
    const node = document.nodes[id]!
    // A node of unknown type stands under its own name: what it feeds keeps its inputs, their shapes stay unknown.
    const inputs = feeds.map((feed) => feed && (made[feed.at]?.outputs[feed.output] ?? feed.from))
    const known = feeds.map((feed, input) => feed && made[feed.at]?.shapes.get(inputs[input]!))
    if (document.within && isPortType(node.type)) {
      made[at] = portPart(id, inputs[0], node.type === BLOCK_INPUT ? ports[id] : known[0])
      add(found, id, made[at])
      return
    }
    const kind = layerOf(node.type) ?? blockOf(node.type) ?? ownBlockOf(document, node.type)
    if (!kind || (document.within && !isAllowedInside(node.type))) {
      if (!kind && !document.within) issues.push(unknownType(id, node.type))
      return
    }
    if (opened > LIMITS.opened && 'inside' in kind) return
    const scope = document.within?.values
    const replaced = node.type === 'input' ? input : undefined
    const { part } = (before[at] = partOf(
      id,
      node,
      { kind, inputs, shapes: known, scope, input: replaced },
      before[at],
    ))
    opened += part.opened
    if (opened > LIMITS.opened && opened - part.opened <= LIMITS.opened) issues.push(tooMany(id))
    made[at] = part
    add(found, id, part)
    for (const issue of part.issues) issues.push(issue)
  })
  const { nodes, outputs, parts, shapes, misfits } = found
  return { graph: { nodes, outputs, issues: withoutRepeats(issues) }, wiring, parts, shapes, misfits }
}

/** Shapes at the input ports of a block whose inside is analysed, by their ids. */
export type PortShapes = Readonly<Record<NodeId, Shape | undefined>>

/** What was made last of the steps of a wiring, as drawn and for images of another size. */
const lastMade = new WeakMap<Wiring, { readonly drawn: (Made | undefined)[]; readonly sized: (Made | undefined)[] }>()

function madeBefore(wiring: Wiring, input: Shape | undefined): (Made | undefined)[] {
  const last = lastMade.get(wiring) ?? { drawn: [], sized: [] }
  lastMade.set(wiring, last)
  return input ? last.sized : last.drawn
}

interface Found {
  readonly nodes: FlatNode[]
  readonly parts: Map<NodeId, Part>
  readonly shapes: Map<string, Shape>
  readonly misfits: Map<string, Misfit>
  readonly outputs: Record<string, string>
}

function add(found: Found, id: NodeId, part: Part): void {
  found.parts.set(id, part)
  part.outputs.forEach((path, at) => {
    if (path !== undefined) found.outputs[portKey(id, at)] = path
  })
  if (part.nodes.length === 0) {
    const shape = part.shapes.get(id)
    if (shape) found.shapes.set(id, shape)
  }
  for (const flat of part.nodes) {
    found.nodes.push(flat)
    const shape = part.shapes.get(flat.id)
    if (shape) found.shapes.set(flat.id, shape)
  }
  for (const [path, misfit] of part.misfits) found.misfits.set(path, misfit)
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
