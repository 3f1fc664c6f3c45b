import type { Document, DocumentNode, NodeId, Wire } from '../document/document.js'
import { kindIn, type Kind } from '../document/kinds.js'
import { disconnect, outputOf, whyNoWireLeaves } from '../document/wires.js'
import type { Issue } from '../errors.js'
import { LIMITS } from '../limits.js'
import { orderOf } from './order.js'

/** Who feeds whom, once every wire that makes no sense is set aside. */
export interface Wiring {
  /** The nodes by id, in the order of the document. */
  readonly joints: ReadonlyMap<NodeId, Joint>
  /** The nodes from front to back; those on a circle are left out. */
  readonly steps: readonly Joint[]
  /** Each circle as the ids on it, in the direction of the wires. */
  readonly cycles: readonly (readonly NodeId[])[]
  readonly issues: readonly Issue[]
}

/** A node with what is wired to it. */
export interface Joint {
  readonly id: NodeId
  readonly type: string
  readonly kind: Kind | undefined
  /** Place of the node in the document. */
  readonly place: number
  /** Place among the steps; -1 if it has none. */
  readonly at: number
  /** What feeds it, by input number; `undefined` where no wire ends. */
  readonly feeds: readonly (Feed | undefined)[]
  /** Whether a wire leaves it. */
  readonly isUsed: boolean
}

/** An output of a node that is wired to an input. */
export interface Feed {
  readonly from: Joint
  /** Number of the output, 0 but for own blocks. */
  readonly output: number
}

/** The wire into an input of a node, if a wire that makes sense ends there. */
export function wireInto({ id, feeds }: Joint, input: number): Wire | undefined {
  const feed = feeds[input]
  return feed && { from: feed.from.id, ...(feed.output > 0 && { output: feed.output }), to: id, input }
}

/** A joint while wires are read. */
type Open = { -readonly [K in keyof Joint]: Joint[K] } & { feeds: (Feed | undefined)[] }

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
  const wiring = read(document, entries)
  known.set(document.wires, { blocks, within, entries, wiring })
  return wiring
}

function isSame(a: Entries, b: Entries): boolean {
  if (a === b) return true
  if (a.ids.length !== b.ids.length || a.ids.some((id, at) => id !== b.ids[at])) return false
  return a.nodes.every((node, at) => node === b.nodes[at] || node.type === b.nodes[at]!.type)
}

function read(document: Document, { ids, nodes }: Entries): Wiring {
  const joints = new Map<NodeId, Open>()
  for (let place = 0; place < ids.length; place++) {
    const [id, { type }] = [ids[place]!, nodes[place]!]
    joints.set(id, { id, type, kind: kindIn(document, type), place, at: -1, feeds: [], isUsed: false })
  }
  const issues: Issue[] = []
  for (const wire of document.wires) {
    const [from, to] = [joints.get(wire.from), joints.get(wire.to)]
    const problem = problemOf(document, wire, from, to)
    if (problem || !from || !to) {
      if (problem) issues.push(issueOf(problem, wire, to))
      continue
    }
    from.isUsed = true
    const feed = { from, output: outputOf(wire) }
    // A list that grows takes room for sixteen more, and most have one entry.
    if (wire.input === 0 && to.feeds.length === 0) to.feeds = [feed]
    else {
      while (to.feeds.length < wire.input) to.feeds.push(undefined)
      to.feeds[wire.input] = feed
    }
  }
  for (const joint of joints.values()) issues.push(...missingInputs(joint))
  return { joints, ...stepsOf([...joints.values()]), issues }
}

function stepsOf(joints: readonly Open[]): Pick<Wiring, 'steps' | 'cycles'> {
  const feeds = joints.map((joint) => joint.feeds.filter((feed) => feed !== undefined).map(({ from }) => from.place))
  const { order, cycles } = orderOf(feeds)
  const steps = order.map((place) => joints[place]!)
  for (let at = 0; at < steps.length; at++) steps[at]!.at = at
  return { steps, cycles: cycles.map((cycle) => cycle.map((place) => joints[place]!.id)) }
}

interface Problem {
  readonly code: string
  readonly message: string
  readonly hint: string
  readonly atInput?: boolean
}

function issueOf({ code, message, hint, atInput }: Problem, wire: Wire, to: Joint | undefined): Issue {
  const where = { ...(to && { node: wire.to }), ...(atInput && { input: wire.input }) }
  const fix = { title: 'Remove the wire', command: disconnect(wire) }
  return { severity: 'error', code, message, hint, where, fix }
}

function problemOf(
  document: Document,
  wire: Wire,
  source: Joint | undefined,
  target: Joint | undefined,
): Problem | undefined {
  const { from, to, input } = wire
  if (!source || !target) {
    const message = `A wire goes from ${from} to ${to}, but there is no ${source ? to : from}.`
    return { code: 'wire/dangling', message, hint: 'Remove the wire, or add the node.' }
  }
  const kind = target.kind
  const ports = kind?.inputs ?? 'many'
  const most = ports === 'none' ? 0 : ports === 'one' ? 1 : (kind?.ports?.inputs.length ?? LIMITS.inputs)
  if (!Number.isInteger(input) || input < 0 || input >= most) {
    const has = most === 0 ? 'no input' : most === 1 ? 'one input' : `at most ${most} inputs`
    const message = `A wire from ${from} ends at input ${input + 1} of ${to}, which has ${has}.`
    return { code: 'wire/no-such-input', message, hint: 'Remove the wire, or lead it to another node.' }
  }
  const sourceKind = source.kind
  if (sourceKind?.hasOutput === false) {
    const message = `A wire leaves ${from}, but ${whyNoWireLeaves(document, from)}`
    return { code: 'wire/from-head', message, hint: `Lead the wire from the node in front of ${from}.`, atInput: true }
  }
  const outputs = sourceKind?.ports?.outputs.length ?? (sourceKind ? 1 : LIMITS.inputs)
  const output = outputOf(wire)
  if (!Number.isInteger(output) || output < 0 || output >= outputs) {
    const has = outputs === 1 ? 'one output' : `${outputs} outputs`
    const message = `A wire to ${to} leaves output ${output + 1} of ${from}, which has ${has}.`
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
  const taken = target.feeds[input]
  if (taken) {
    const message = `Input ${input + 1} of ${to} has two wires, from ${taken.from.id} and ${from}.`
    return { code: 'wire/doubled', message, hint: 'Remove one of them.', atInput: true }
  }
  return undefined
}

const NO_ISSUES: readonly Issue[] = []

function missingInputs({ id, kind, feeds: list }: Joint): readonly Issue[] {
  if (!kind || kind.inputs === 'none') return NO_ISSUES
  const needed = kind.ports?.inputs.length ?? (kind.inputs === 'one' ? 1 : 2)
  if (list.length >= needed && !list.includes(undefined)) return NO_ISSUES
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
  if (list.every((feed) => feed === undefined)) {
    const hint = `Draw a wire to ${id}, or remove it.`
    return [error(`${id} has no input.`, hint, 0)]
  }
  const gap = list.indexOf(undefined)
  if (gap >= 0) {
    return [error(`Input ${gap + 1} of ${id} has no wire, but a later one has.`, 'Move the later wires up.', gap)]
  }
  if (kind.inputs === 'many' && list.length < 2) {
    const hint = `Draw a second wire to ${id}, or remove it and connect its neighbours.`
    return [error(`${id} has one input, but ${kind.title} joins two or more.`, hint, 1)]
  }
  return NO_ISSUES
}
