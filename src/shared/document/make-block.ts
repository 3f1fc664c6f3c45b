import { namesIn } from '../expressions/rewrite.js'
import { LIMITS } from '../limits.js'
import { freeId, type Command } from './commands.js'
import { nodeOf, type BlockDefinition, type BlockPort, type Document, type DocumentNode, type NodeId, type Wire } from './document.js' // prettier-ignore
import { kindIn } from './kinds.js'
import { isAllowedInside, isPortType, ownType } from './own-blocks.js'
import { outputCount, outputOf, reachedFrom } from './wires.js'

/** What a block made from a selection is called. */
export interface NewBlock {
  /** Free name, as in `own/<name>`. */
  readonly name: string
  readonly title: string
  readonly doc?: string
}

/** Why nodes cannot become a block, in one sentence; `undefined` if they can. */
export function whyNoBlock(document: Document, ids: readonly NodeId[]): string | undefined {
  const chosen = new Set(ids.filter((id) => nodeOf(document, id)))
  if (chosen.size === 0) return 'Select the nodes that shall become a block.'
  for (const id of chosen) {
    const { type } = document.nodes[id]!
    if (!isAllowedInside(type)) {
      return `${id} is the input of the net, where images enter it once, however often a block is used; leave it out of the selection.`
    }
    if (isPortType(type)) return `${id} is a port of this block; leave it out of the selection.`
  }
  const between = nodesBetween(document, chosen)
  if (between.length > 0) {
    const shown = between.slice(0, 3).join(', ')
    return `${shown} lies between the selected nodes, fed by some and feeding others; select it too.`
  }
  if (Object.keys(document.blocks).length >= LIMITS.blocks) return `A document holds at most ${LIMITS.blocks} blocks.`
  const { inputs, outputs } = cut(document, chosen)
  const ports = Math.max(inputs.length, outputs.length)
  return ports > LIMITS.inputs
    ? `The block would have ${ports} ports; at most ${LIMITS.inputs} are possible.`
    : undefined
}

/** Nodes outside that the selection feeds and that feed the selection: as one block it would wait for itself. */
function nodesBetween(document: Document, chosen: ReadonlySet<NodeId>): readonly NodeId[] {
  const below = reachedFrom(document, chosen, 'down')
  const above = reachedFrom(document, chosen, 'up')
  return [...below].filter((id) => above.has(id) && !chosen.has(id))
}

/** A source of wires into a selection, and where these wires end; none for an open input. */
interface Cut {
  readonly key: string
  /** What stands outside. */
  readonly outside: Pick<Wire, 'from' | 'output'> | undefined
  /** The wires that it becomes inside, their `from` still to be set. */
  readonly inside: readonly Wire[]
}

/** What a selection takes from outside and what it gives: the ports of the block it becomes. */
function cut(document: Document, chosen: ReadonlySet<NodeId>) {
  const inputs = new Map<string, Cut>()
  const outputs = new Map<string, Pick<Wire, 'from' | 'output'>>()
  const fed = new Set<NodeId>()
  const feeding = new Set<string>()
  for (const wire of document.wires) {
    const key = portName(wire)
    if (chosen.has(wire.to)) fed.add(wire.to)
    if (chosen.has(wire.from)) feeding.add(key)
    if (chosen.has(wire.to) && !chosen.has(wire.from)) {
      const known = inputs.get(key)
      inputs.set(key, { key, outside: sourceOf(wire), inside: [...(known?.inside ?? []), wire] })
    }
    if (chosen.has(wire.from) && !chosen.has(wire.to)) outputs.set(key, sourceOf(wire))
  }
  for (const id of chosen) {
    // What nothing feeds and what feeds nothing gets a port too, so that the block can be wired where the nodes could.
    if (kindIn(document, document.nodes[id]!.type)?.inputs === 'one' && !fed.has(id)) {
      inputs.set(` ${id}`, { key: ` ${id}`, outside: undefined, inside: [{ from: id, to: id, input: 0 }] })
    }
    for (let output = 0; output < outputCount(document, id); output++) {
      const source = { from: id, ...(output > 0 && { output }) }
      if (!feeding.has(portName(source))) outputs.set(portName(source), source)
    }
  }
  const height = (id: NodeId) => nodeOf(document, id)?.at ?? [0, 0]
  const byPlace = (a: NodeId, b: NodeId) =>
    height(a)[1] - height(b)[1] || height(a)[0] - height(b)[0] || (a < b ? -1 : 1)
  return {
    inputs: [...inputs.values()].sort(
      (a, b) =>
        byPlace(a.outside?.from ?? a.inside[0]!.to, b.outside?.from ?? b.inside[0]!.to) || (a.key < b.key ? -1 : 1),
    ),
    outputs: [...outputs.values()].sort((a, b) => byPlace(a.from, b.from) || outputOf(a) - outputOf(b)),
  }
}

function portName({ from, output }: Pick<Wire, 'from' | 'output'>): string {
  return `${from}:${output ?? 0}`
}

function sourceOf({ from, output }: Pick<Wire, 'from' | 'output'>): Pick<Wire, 'from' | 'output'> {
  return { from, ...(output !== undefined && { output }) }
}

/**
 * Make an own block of nodes and put a use of it in their place: what they take from outside become its inputs, what they
 * give its outputs. `ungroup` of the use is the exact inverse. The same document if `whyNoBlock` knows a reason, or the
 * name is not free.
 */
export function makeBlock(ids: readonly NodeId[], { name, title, doc = '' }: NewBlock): Command {
  return (document) => {
    if (whyNoBlock(document, ids) !== undefined || Object.hasOwn(document.blocks, name)) return document
    const chosen = new Set(ids)
    const inner = Object.fromEntries(Object.entries(document.nodes).filter(([id]) => chosen.has(id)))
    const outer = Object.fromEntries(Object.entries(document.nodes).filter(([id]) => !chosen.has(id)))
    const use = freeId(document, name)
    const { inputs, outputs } = cut(document, chosen)
    const insides = portsAt(inner, inputs.map(({ inside }) => inside[0]!.to), 'in') // prettier-ignore
    const outsides = portsAt(inner, outputs.map(({ from }) => from), 'out', insides) // prettier-ignore
    const placeOf = new Map(inputs.map(({ key }, at) => [key, at]))
    const resultOf = new Map(outputs.map((source, at) => [portName(source), at]))
    const wires: Wire[] = []
    for (const wire of document.wires) {
      const [fromIn, toIn] = [chosen.has(wire.from), chosen.has(wire.to)]
      if (fromIn && toIn) continue
      const { output: _, ...rest } = wire
      if (fromIn) wires.push({ ...rest, from: use, ...numbered(resultOf.get(portName(wire))!) })
      else if (!toIn) wires.push(wire)
    }
    inputs.forEach(({ key, outside }) => {
      if (outside) wires.push({ ...outside, to: use, input: placeOf.get(key)! })
    })
    const block: BlockDefinition = {
      title,
      doc,
      inputs: insides,
      outputs: outsides,
      params: inherited(document, inner),
      nodes: inner,
      wires: [
        ...inputs.flatMap(({ inside }, at) =>
          inside.map(({ output: _, ...wire }) => ({ ...wire, from: insides[at]!.id })),
        ),
        ...document.wires.filter((wire) => chosen.has(wire.from) && chosen.has(wire.to)),
        ...outputs.map((source, at) => ({ ...source, to: outsides[at]!.id, input: 0 })),
      ],
    }
    const params = Object.fromEntries(block.params.map((param) => [param.name, `=${param.name}`]))
    const node: DocumentNode = { type: ownType(name), params, at: anchorOf(block) }
    return { ...document, nodes: { ...outer, [use]: node }, wires, blocks: { ...document.blocks, [name]: block } }
  }
}

function numbered(output: number): { readonly output?: number } {
  return output > 0 ? { output } : {}
}

/** Parameters of the block around that the nodes' expressions name: the new block has them too. */
function inherited(document: Document, inner: Readonly<Record<NodeId, DocumentNode>>) {
  const { within } = document
  if (!within) return []
  const named = new Set(Object.values(inner).flatMap(({ params }) => Object.values(params).flatMap(namesIn)))
  return Object.entries(within.params).flatMap(([name, field]) => (named.has(name) ? [{ name, ...field }] : []))
}

/**
 * Where a use of a block stands for the places of its nodes, in whole px: the middle of its ports, which move only when
 * the user moves them, whatever else is edited inside.
 */
export function anchorOf({ inputs, outputs, nodes }: Omit<BlockDefinition, 'params'>): readonly [number, number] {
  const ports = [...inputs, ...outputs]
  const places = (ports.length > 0 ? ports : Object.values(nodes)).map(({ at }) => at)
  return [middle(places.map(([x]) => x)), middle(places.map(([, y]) => y))]
}

function onCanvas(value: number): number {
  return Math.min(Math.max(value, -LIMITS.coordinate), LIMITS.coordinate)
}

function middle(values: readonly number[]): number {
  if (values.length === 0) return 0
  const [least, most] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))]
  return Math.round((least + most) / 2)
}

/** A node with the space beside it, px, as the automatic layout has it. */
const PITCH = { x: 240, y: 104 }

/** Ports left or right of the nodes, each level with its own, none upon another. */
function portsAt(
  inner: Readonly<Record<NodeId, DocumentNode>>,
  beside: readonly NodeId[],
  side: 'in' | 'out',
  taken: readonly BlockPort[] = [],
): readonly BlockPort[] {
  const columns = Object.values(inner).map(({ at }) => at[0])
  const x = side === 'in' ? columns.reduce((a, b) => Math.min(a, b)) - PITCH.x : columns.reduce((a, b) => Math.max(a, b)) + PITCH.x // prettier-ignore
  const ports: BlockPort[] = []
  let free = -Infinity
  for (const id of beside) {
    const y = Math.max(inner[id]!.at[1], free)
    free = y + PITCH.y
    ports.push({
      id: freeId({ nodes: inner }, side, new Set([...taken, ...ports].map((port) => port.id))),
      at: [onCanvas(x), onCanvas(y)],
    })
  }
  return ports
}
