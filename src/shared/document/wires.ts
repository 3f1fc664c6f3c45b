import { LIMITS } from '../limits.js'
import { addNode, closeGaps, freeId, type Command } from './commands.js'
import { nodeOf, type Document, type NodeId, type Wire } from './document.js'
import { kindIn } from './kinds.js'
import { isPortType } from './own-blocks.js'

/** Whether a wire may be drawn, and if not, why in one sentence. */
export type Verdict = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/**
 * Whether a wire from one node to another makes sense: both exist, both have the port, and no circle closes. With `input`
 * it may take the place of a wire that is there.
 */
export function canConnect(document: Document, from: NodeId, to: NodeId, input?: number): Verdict {
  const source = nodeOf(document, from)
  const target = nodeOf(document, to)
  const no = (reason: string): Verdict => ({ ok: false, reason })
  if (!source || !target) return no(`There is no node ${source ? to : from}.`)
  const net = document.within ? 'block' : 'net'
  const kind = kindIn(document, target.type)
  if (kindIn(document, source.type)?.hasOutput === false) return no(whyNoWireLeaves(document, from))
  if (kind?.inputs === 'none') return no(`${to} is the input of the ${net}: no wire enters it.`)
  if (from === to) return no('A node cannot feed itself.')
  if (reached(document, to, 'down').has(from)) return no(`${to} already feeds ${from}: this wire would close a circle.`)
  if (document.wires.length >= LIMITS.wires) return no(`A document holds at most ${LIMITS.wires} wires.`)
  const most = kind?.ports?.inputs.length
  if (input === undefined && most !== undefined && most > 1 && nextFree(document, to) >= most) {
    return no(`All ${most} inputs of ${to} have a wire; remove one first.`)
  }
  return { ok: true }
}

/** Why nothing can follow a node that has no output, in one sentence. */
export function whyNoWireLeaves(document: Document, id: NodeId): string {
  const type = nodeOf(document, id)?.type ?? ''
  if (kindIn(document, type)?.isBlock) return `${id} has no output: no wire leaves it.`
  return `${id} is an output of the ${isPortType(type) ? 'block' : 'net'}: no wire leaves it.`
}

/**
 * Draw a wire: it replaces the one that a single input has; a node with many inputs takes it at `input`, or at its next
 * free one. `output` is for own blocks, which may have several. The same document if `canConnect` says no.
 */
export function connect(from: NodeId, to: NodeId, input?: number, output = 0): Command {
  return (document) => {
    if (!canConnect(document, from, to, input).ok) return document
    const into = document.wires.filter((wire) => wire.to === to)
    const kind = kindIn(document, nodeOf(document, to)?.type ?? '')
    const at = kind?.inputs === 'one' ? 0 : (input ?? nextFree(document, to))
    if (!Number.isInteger(at) || at < 0 || at >= (kind?.ports?.inputs.length ?? LIMITS.inputs)) return document
    if (output > 0 && output >= outputCount(document, from)) return document
    if (into.some((wire) => wire.input === at && wire.from === from && outputOf(wire) === output)) return document
    const kept = document.wires.filter((wire) => wire.to !== to || wire.input !== at)
    return { ...document, wires: [...kept, { from, ...(output > 0 && { output }), to, input: at }] }
  }
}

/** Which output of its node a wire leaves from, 0-based. */
export function outputOf({ output }: Pick<Wire, 'output'>): number {
  return output ?? 0
}

/** How many outputs a node has: one, or those of its own block. */
export function outputCount(document: Document, id: NodeId): number {
  const kind = kindIn(document, nodeOf(document, id)?.type ?? '')
  return kind?.ports?.outputs.length ?? (kind?.hasOutput === false ? 0 : 1)
}

/** Remove wires, one for each that is given; the inputs behind them move up. */
export function disconnect(...gone: readonly Wire[]): Command {
  return (document) => {
    const places = new Set<number>()
    for (const wire of gone) {
      const at = document.wires.findIndex((other, place) => !places.has(place) && isSame(wire, other))
      if (at >= 0) places.add(at)
    }
    if (places.size === 0) return document
    const wires = document.wires.filter((_, place) => !places.has(place))
    return { ...document, wires: closeGaps(document, wires, new Set(gone.map((wire) => wire.to))) }
  }
}

function isSame(a: Wire, b: Wire): boolean {
  return a.from === b.from && a.to === b.to && Object.is(a.input, b.input) && outputOf(a) === outputOf(b)
}

/** Put a new layer or block into a wire; nothing if it has no input or no output. */
export function insertOnWire(wire: Wire, type: string, at: readonly [number, number], id?: NodeId): Command {
  return (document) => {
    const kind = kindIn(document, type)
    const isThere = document.wires.some((other) => isSame(wire, other))
    if (!isThere || !kind?.hasOutput || kind.inputs === 'none') return document
    const name = id ?? freeId(document, type)
    const added = addNode(type, at, name)(document)
    if (added === document) return document
    const kept = added.wires.filter((other) => !isSame(wire, other))
    const { output, ...behind } = wire
    const before = { from: wire.from, ...(output !== undefined && { output }), to: name, input: 0 }
    return { ...added, wires: [...kept, before, { ...behind, from: name }] }
  }
}

/** Number the inputs of a node 0, 1, 2, … again. */
export function closeInputGaps(id: NodeId): Command {
  return (document) => {
    const wires = closeGaps(document, document.wires, new Set([id]))
    return wires === document.wires ? document : { ...document, wires }
  }
}

function nextFree(document: Document, to: NodeId): number {
  const used = new Set(document.wires.flatMap((wire) => (wire.to === to ? [wire.input] : [])))
  let input = 0
  while (used.has(input)) input++
  return input
}

/** Nodes that may feed another one, in the order of the document: those for which `canConnect` says yes. */
export function sourcesFor(document: Document, to: NodeId): readonly NodeId[] {
  const target = nodeOf(document, to)
  if (!target || kindIn(document, target.type)?.inputs === 'none' || document.wires.length >= LIMITS.wires) return []
  const circle = reached(document, to, 'down')
  return candidates(document, circle, (type) => kindIn(document, type)?.hasOutput !== false)
}

/** Nodes that another one may feed, in the order of the document: those for which `canConnect` says yes. */
export function targetsFor(document: Document, from: NodeId): readonly NodeId[] {
  const source = nodeOf(document, from)
  if (!source || kindIn(document, source.type)?.hasOutput === false || document.wires.length >= LIMITS.wires) return []
  const circle = reached(document, from, 'up')
  return candidates(document, circle, (type) => kindIn(document, type)?.inputs !== 'none')
}

function candidates(document: Document, circle: ReadonlySet<NodeId>, fits: (type: string) => boolean): NodeId[] {
  return Object.entries(document.nodes).flatMap(([id, { type }]) => (!circle.has(id) && fits(type) ? [id] : []))
}

function reached(document: Document, start: NodeId, way: 'down' | 'up'): ReadonlySet<NodeId> {
  return reachedFrom(document, [start], way)
}

/** Nodes and all that wires lead to from them, or all that lead to them. */
export function reachedFrom(document: Document, starts: Iterable<NodeId>, way: 'down' | 'up'): ReadonlySet<NodeId> {
  const next = new Map<NodeId, NodeId[]>()
  for (const { from, to } of document.wires) {
    const [here, there] = way === 'down' ? [from, to] : [to, from]
    const known = next.get(here)
    if (known) known.push(there)
    else next.set(here, [there])
  }
  const seen = new Set(starts)
  const open = [...seen]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const after of next.get(id) ?? []) {
      if (seen.has(after)) continue
      seen.add(after)
      open.push(after)
    }
  }
  return seen
}
