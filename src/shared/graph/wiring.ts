import { nodeOf, type Document, type DocumentNode, type NodeId, type Wire } from '../document/document.js'
import { kindIn } from '../document/kinds.js'
import { closeInputGaps, disconnect, outputOf, whyNoWireLeaves } from '../document/wires.js'
import type { Issue } from '../errors.js'
import { LIMITS } from '../limits.js'
import { inOrder } from './order.js'

/** Who feeds whom, once every wire that makes no sense is set aside. */
export interface Wiring {
  /** For each node of the document the nodes that feed it, by input number; `undefined` where no wire ends. */
  readonly inputs: ReadonlyMap<NodeId, readonly (NodeId | undefined)[]>
  /** The nodes from front to back; those on a circle are left out. */
  readonly steps: readonly Step[]
  /** Each circle as the ids on it, in the direction of the wires. */
  readonly cycles: readonly (readonly NodeId[])[]
  /** Nodes whose output is used. */
  readonly used: ReadonlySet<NodeId>
  /** Nodes by their type, in the order of the document. */
  readonly byType: ReadonlyMap<string, readonly NodeId[]>
  readonly issues: readonly Issue[]
}

/** A node in its turn, with what feeds it by input number. */
export interface Step {
  readonly id: NodeId
  /** Place of the node in the document. */
  readonly place: number
  readonly feeds: readonly (Feed | undefined)[]
}

/** An output of a node that is wired to an input. */
export interface Feed {
  readonly from: NodeId
  /** Number of the output, 0 but for own blocks. */
  readonly output: number
  /** Place of `from` among the steps, -1 if it has none. */
  readonly at: number
}

/** The nodes of a document as lists: reading a record of a thousand nodes takes longer than anything done with them. */
export interface Entries {
  readonly ids: readonly NodeId[]
  readonly nodes: readonly DocumentNode[]
}

const knownEntries = new WeakMap<Document['nodes'], Entries>()

/** Ids and nodes of a document, in its order. */
export function entriesOf({ nodes }: Document): Entries {
  const known = knownEntries.get(nodes)
  if (known) return known
  const entries = { ids: Object.keys(nodes), nodes: Object.values(nodes) }
  knownEntries.set(nodes, entries)
  return entries
}

/** What a wiring was read from, besides the wires. */
interface Known {
  readonly blocks: Document['blocks']
  readonly within: Document['within']
  readonly entries: Entries
  readonly wiring: Wiring
}

const known = new WeakMap<readonly Wire[], Known>()

/** Read the wires of a document; never throws. The same object as before where neither wires nor types of nodes changed. */
export function wiringOf(document: Document): Wiring {
  const { blocks, within } = document
  const entries = entriesOf(document)
  const last = known.get(document.wires)
  if (last && last.blocks === blocks && last.within === within && isSame(last.entries, entries)) return last.wiring
  const wiring = read(document, entries.ids)
  known.set(document.wires, { blocks, within, entries, wiring })
  return wiring
}

function isSame(a: Entries, b: Entries): boolean {
  if (a === b) return true
  if (a.ids.length !== b.ids.length || a.ids.some((id, at) => id !== b.ids[at])) return false
  return a.nodes.every((node, at) => node === b.nodes[at] || node.type === b.nodes[at]!.type)
}

function read(document: Document, ids: readonly NodeId[]): Wiring {
  const inputs = new Map<NodeId, (NodeId | undefined)[]>(ids.map((id) => [id, []]))
  const wires = new Map<NodeId, (Wire | undefined)[]>(ids.map((id) => [id, []]))
  const used = new Set<NodeId>()
  const issues: Issue[] = []
  for (const wire of document.wires) {
    const problem = problemOf(document, wire, inputs.get(wire.to))
    if (problem) {
      const where = {
        ...(nodeOf(document, wire.to) && { node: wire.to }),
        ...(problem.atInput && { input: wire.input }),
      }
      const fix = { title: 'Remove the wire', command: disconnect(wire) }
      issues.push({ severity: 'error', code: problem.code, message: problem.message, hint: problem.hint, where, fix })
      continue
    }
    used.add(wire.from)
    const list = inputs.get(wire.to) as (NodeId | undefined)[]
    while (list.length < wire.input) list.push(undefined)
    list[wire.input] = wire.from
    wires.get(wire.to)![wire.input] = wire
  }
  for (const [id, list] of inputs) issues.push(...missingInputs(document, id, list))
  const { order, cycles } = inOrder(inputs)
  const byType = new Map<string, NodeId[]>()
  for (const id of ids) {
    const { type } = document.nodes[id]!
    const same = byType.get(type)
    if (same) same.push(id)
    else byType.set(type, [id])
  }
  return { inputs, steps: stepsOf(order, ids, wires), cycles, used, byType, issues }
}

function stepsOf(
  order: readonly NodeId[],
  ids: readonly NodeId[],
  wires: ReadonlyMap<NodeId, readonly (Wire | undefined)[]>,
): readonly Step[] {
  const places = new Map(order.map((id, at) => [id, at]))
  const inDocument = new Map(ids.map((id, at) => [id, at]))
  return order.map((id) => ({
    id,
    place: inDocument.get(id)!,
    feeds: Array.from(wires.get(id)!, (wire) =>
      wire ? { from: wire.from, output: outputOf(wire), at: places.get(wire.from) ?? -1 } : undefined,
    ),
  }))
}

interface Problem {
  readonly code: string
  readonly message: string
  readonly hint: string
  readonly atInput?: boolean
}

function problemOf(
  document: Document,
  wire: Wire,
  taken: readonly (NodeId | undefined)[] | undefined,
): Problem | undefined {
  const { from, to, input } = wire
  const source = nodeOf(document, from)
  const target = nodeOf(document, to)
  if (!source || !target || !taken) {
    const message = `A wire goes from ${from} to ${to}, but there is no ${source ? to : from}.`
    return { code: 'wire/dangling', message, hint: 'Remove the wire, or add the node.' }
  }
  const kind = kindIn(document, target.type)
  const ports = kind?.inputs ?? 'many'
  const most = ports === 'none' ? 0 : ports === 'one' ? 1 : (kind?.ports?.inputs.length ?? LIMITS.inputs)
  if (!Number.isInteger(input) || input < 0 || input >= most) {
    const has = most === 0 ? 'no input' : most === 1 ? 'one input' : `at most ${most} inputs`
    const message = `A wire from ${from} ends at input ${input + 1} of ${to}, which has ${has}.`
    return { code: 'wire/no-such-input', message, hint: 'Remove the wire, or lead it to another node.' }
  }
  const sourceKind = kindIn(document, source.type)
  if (sourceKind?.hasOutput === false) {
    const message = `A wire leaves ${from}, but ${whyNoWireLeaves(document, from)}`
    return { code: 'wire/from-head', message, hint: `Lead the wire from the node in front of ${from}.`, atInput: true }
  }
  const outputs = sourceKind?.ports?.outputs.length ?? (sourceKind ? 1 : LIMITS.inputs)
  if (outputOf(wire) >= outputs) {
    const has = outputs === 1 ? 'one output' : `${outputs} outputs`
    const message = `A wire to ${to} leaves output ${outputOf(wire) + 1} of ${from}, which has ${has}.`
    return {
      code: 'wire/no-such-output',
      message,
      hint: 'Remove the wire, or draw it from another output.',
      atInput: true,
    }
  }
  if (from === to) {
    const message = `${to} feeds itself.`
    return {
      code: 'graph/cycle',
      message,
      hint: 'Remove the wire: a layer cannot wait for its own output.',
      atInput: true,
    }
  }
  if (taken[input] !== undefined) {
    const message = `Input ${input + 1} of ${to} has two wires, from ${taken[input]} and ${from}.`
    return { code: 'wire/doubled', message, hint: 'Remove one of them.', atInput: true }
  }
  return undefined
}

function missingInputs(document: Document, id: NodeId, list: readonly (NodeId | undefined)[]): readonly Issue[] {
  const kind = kindIn(document, nodeOf(document, id)?.type ?? '')
  if (!kind || kind.inputs === 'none') return []
  const error = (message: string, hint: string, input: number): Issue => ({
    severity: 'error',
    code: 'graph/not-connected',
    message,
    hint,
    where: { node: id, input },
  })
  if (kind.ports && kind.ports.inputs.length > 1) {
    const hint = `Draw a wire to every input of ${id}; its inputs are ${kind.ports.inputs.join(', ')}.`
    return kind.ports.inputs.flatMap((name, at) =>
      list[at] === undefined ? [error(`Input ${at + 1} (${name}) of ${id} has no wire.`, hint, at)] : [],
    )
  }
  if (list.every((from) => from === undefined)) {
    const hint = `Draw a wire to ${id}, or remove it.`
    return [error(`${id} has no input.`, hint, 0)]
  }
  const gap = list.indexOf(undefined)
  if (gap >= 0) {
    const issue = error(`Input ${gap + 1} of ${id} has no wire, but a later one has.`, 'Move the later wires up.', gap)
    const command = closeInputGaps(id)
    // Where a wire that makes no sense ends at this input, there is no gap to close: that wire's own fix removes it.
    const isClosed = list.filter((from) => from !== undefined).length > 1 && command(document) !== document
    return isClosed ? [{ ...issue, fix: { title: 'Close the gap', command } }] : [issue]
  }
  if (kind.inputs === 'many' && list.length < 2) {
    const hint = `Draw a second wire to ${id}, or remove it and connect its neighbours.`
    return [error(`${id} has one input, but ${kind.title} joins two or more.`, hint, 1)]
  }
  return []
}
