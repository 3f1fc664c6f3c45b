import type { Document, NodeId } from '../document/document.js'
import { BLOCK_INPUT, isAllowedInside, isPortType } from '../document/own-blocks.js'
import type { Issue } from '../errors.js'
import type { Shape } from '../layers/shapes.js'
import { LIMITS } from '../limits.js'
import { add, emptyFindings, kindFor, sourcesOf, type Expansion } from './expansion.js'
import type { FlatGraph } from './graph.js'
import { insideIssues } from './issues/inside-issues.js'
import { cycleIssue, unknownType } from './issues/net-issues.js'
import { tooMany } from './own-block.js'
import { partOf, portPart } from './part.js'
import { reopen } from './reopen.js'
import { skeletonOf } from './skeleton.js'
import { entriesOf, wiringOf, type Wiring } from './wiring.js'

export type { Expansion } from './expansion.js'

/** Open every block: the document as layers only, front to back, with its problems. Never throws. */
export function expand(document: Document): FlatGraph {
  return expansionOf(document).graph
}

/** What was opened last of a wiring, as drawn and for images of another size. */
const known = new WeakMap<Wiring, { drawn?: Expansion; sized?: Expansion }>()

/**
 * `expand` with the shapes it needs anyway; `input` replaces the size of the input node. For the inside of an own block
 * `ports` are the shapes at its inputs, where they are known.
 */
export function expansionOf(document: Document, input?: Shape, ports: PortShapes = {}): Expansion {
  const wiring = wiringOf(document)
  if (document.within) return open(document, wiring, input, ports)
  const last = known.get(wiring) ?? {}
  known.set(wiring, last)
  const which = input ? 'sized' : 'drawn'
  const before = last[which]
  const expansion = (before && reopen(document, before, input)) ?? open(document, wiring, input, ports)
  last[which] = expansion
  return expansion
}

function open(document: Document, wiring: Wiring, input: Shape | undefined, ports: PortShapes): Expansion {
  const { steps, cycles } = wiring
  const entries = entriesOf(document)
  const found = emptyFindings()
  const issues = document.within
    ? [...insideIssues(document, wiring, cycles)]
    : [...wiring.issues, ...cycles.map(cycleIssue)]
  const scope = document.within?.values
  steps.forEach(({ id, feeds, place }, at) => {
    const node = entries.nodes[place]!
    const { inputs, shapes } = sourcesOf(feeds, found.made)
    if (document.within && isPortType(node.type)) {
      const shape = node.type === BLOCK_INPUT ? ports[id] : shapes[0]
      add(found, at, id, { id, params: node.params, part: portPart(id, inputs[0], shape) })
      return
    }
    const kind = kindFor(document, node.type)
    if (!kind || (document.within && !isAllowedInside(node.type))) {
      if (!kind && !document.within) issues.push(unknownType(id, node.type))
      return
    }
    if (found.sums.opened > LIMITS.opened && 'inside' in kind) return
    const replaced = node.type === 'input' ? input : undefined
    const made = partOf(id, node, { kind, inputs, shapes, scope, input: replaced })
    const before = found.sums.opened
    add(found, at, id, made)
    if (found.sums.opened > LIMITS.opened && before <= LIMITS.opened) issues.push(tooMany(id))
    for (const issue of made.part.issues) issues.push(issue)
  })
  const { nodes, outputs, ...rest } = found
  const graph = { nodes, outputs, issues: withoutRepeats(issues) }
  return { graph, wiring, skeleton: skeletonOf(nodes), ...rest }
}

/** Shapes at the input ports of a block whose inside is analysed, by their ids. */
export type PortShapes = Readonly<Record<NodeId, Shape | undefined>>

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
