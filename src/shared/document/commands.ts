import { defaultsOf } from '../layers/fields.js'
import { LIMITS } from '../limits.js'
import { isNodeId, nodeOf, type Document, type DocumentNode, type NodeId, type Wire } from './document.js'
import { kindIn } from './kinds.js'
import { BLOCK_INPUT, BLOCK_OUTPUT, closesCircle, ownName } from './own-blocks.js'

/** A pure edit: the new document, or the same object if nothing changes. */
export type Command = (document: Document) => Document

/** Several commands as one, one after the other. */
export function inTurn(...commands: readonly Command[]): Command {
  return (document) => commands.reduce((edited, command) => command(edited), document)
}

/** Add a layer or block with its default parameters; nothing if the id is taken, the document is full, or a block would contain itself. */
export function addNode(type: string, at: readonly [number, number], id?: NodeId): Command {
  return (document) => {
    const name = id ?? freeId(document, type)
    const isFull = Object.keys(document.nodes).length >= LIMITS.nodes
    if (isFull || !isNodeId(name) || nodeOf(document, name) || closesCircle(document, type)) return document
    const node: DocumentNode = { type, params: defaultsOf(kindIn(document, type)?.params ?? {}), at: onCanvas(at) }
    return { ...document, nodes: { ...document.nodes, [name]: node } }
  }
}

const PORT_STEMS: Readonly<Record<string, string>> = { [BLOCK_INPUT]: 'in', [BLOCK_OUTPUT]: 'out' }

/**
 * The first free id made from a text or type: `conv2d`, `conv2d_2`, `conv2d_3`, …; `stem` for `own/stem`; `taken` names more
 * that are not free.
 */
export function freeId(
  document: Pick<Document, 'nodes'>,
  text: string,
  taken: ReadonlySet<string> = new Set(),
): NodeId {
  const wish = Object.hasOwn(PORT_STEMS, text) ? PORT_STEMS[text]! : (ownName(text) ?? text)
  const cleaned = wish
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '_')
    .replace(/^[^a-z]+/, '')
    .slice(0, 200)
  const stem = isNodeId(cleaned) ? cleaned : 'node'
  const isFree = (id: string) => !Object.hasOwn(document.nodes, id) && !taken.has(id)
  if (isFree(stem)) return stem
  const base = stem.replace(/_\d+$/, '')
  for (let n = 2; ; n++) if (isFree(`${base}_${n}`)) return `${base}_${n}`
}

/** Remove nodes with their wires; inputs behind a removed wire move up, except those of own blocks. */
export function removeNodes(ids: Iterable<NodeId>): Command {
  return (document) => {
    const gone = new Set([...ids].filter((id) => nodeOf(document, id)))
    if (gone.size === 0) return document
    const nodes = Object.fromEntries(Object.entries(document.nodes).filter(([id]) => !gone.has(id)))
    const wires = document.wires.filter((wire) => !gone.has(wire.from) && !gone.has(wire.to))
    const shortened = new Set(document.wires.filter((wire) => gone.has(wire.from)).map((wire) => wire.to))
    return { ...document, nodes, wires: closeGaps(document, wires, shortened) }
  }
}

/**
 * Number the inputs of the given nodes 0, 1, 2, … again, in their order; wires that share an input still do. The inputs of
 * an own block have names and keep their places.
 */
export function closeGaps(document: Document, wires: readonly Wire[], nodes: ReadonlySet<NodeId>): readonly Wire[] {
  const hasPlaces = (id: NodeId) => kindIn(document, nodeOf(document, id)?.type ?? '')?.ports !== undefined
  const movable = new Set([...nodes].filter((id) => !hasPlaces(id)))
  const used = new Map<NodeId, Set<number>>()
  for (const { to, input } of wires) {
    if (movable.has(to)) used.set(to, (used.get(to) ?? new Set()).add(input))
  }
  const places = new Map(
    [...used].map(([id, inputs]) => [id, new Map([...inputs].sort((a, b) => a - b).map((input, at) => [input, at]))]),
  )
  const placeOf = ({ to, input }: Wire) => places.get(to)?.get(input) ?? input
  if (wires.every((wire) => placeOf(wire) === wire.input)) return wires
  return wires.map((wire) => (placeOf(wire) === wire.input ? wire : { ...wire, input: placeOf(wire) }))
}

/** Set one parameter of a node; `undefined` removes it. */
export function setParam(id: NodeId, name: string, value: unknown): Command {
  return setParams([id], { [name]: value })
}

/** Set parameters of several nodes at once; `undefined` removes one. */
export function setParams(ids: readonly NodeId[], values: Readonly<Record<string, unknown>>): Command {
  return (document) => ids.reduce((edited, id) => updateNode(edited, id, (node) => withParams(node, values)), document)
}

function withParams(node: DocumentNode, values: Readonly<Record<string, unknown>>): DocumentNode {
  const isSame = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b)
  const changed = Object.entries(values).filter(([name, value]) => !isSame(node.params[name], value))
  if (changed.length === 0) return node
  const all = { ...node.params, ...Object.fromEntries(changed) }
  return { ...node, params: Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) }
}

/** Move nodes to new places, in px. */
export function moveNodes(places: Readonly<Record<NodeId, readonly [number, number]>>): Command {
  return (document) =>
    Object.entries(places).reduce(
      (edited, [id, at]) =>
        updateNode(edited, id, (node) => {
          const [x, y] = onCanvas(at)
          return node.at[0] === x && node.at[1] === y ? node : { ...node, at: [x, y] }
        }),
      document,
    )
}

/** Give a node another id, its wires included; nothing if the new id is not valid or taken. */
export function renameNode(id: NodeId, to: NodeId): Command {
  return (document) => {
    if (!nodeOf(document, id) || !isNodeId(to) || nodeOf(document, to)) return document
    const renamed = (name: NodeId) => (name === id ? to : name)
    return {
      ...document,
      nodes: Object.fromEntries(Object.entries(document.nodes).map(([name, node]) => [renamed(name), node])),
      wires: document.wires.map((wire) =>
        wire.from === id || wire.to === id ? { ...wire, from: renamed(wire.from), to: renamed(wire.to) } : wire,
      ),
    }
  }
}

/** Set the document's title. */
export function renameDocument(name: string): Command {
  const cut = Array.from(name).slice(0, LIMITS.nameLength).join('')
  return (document) => (document.name === cut ? document : { ...document, name: cut })
}

/** Remember training settings; those not named stay. */
export function setTraining(values: Readonly<Record<string, unknown>>): Command {
  return (document) => {
    const training = { ...document.training, ...values }
    return JSON.stringify(training) === JSON.stringify(document.training) ? document : { ...document, training }
  }
}

function updateNode(document: Document, id: NodeId, edit: (node: DocumentNode) => DocumentNode): Document {
  const node = nodeOf(document, id)
  const edited = node && edit(node)
  return !edited || edited === node ? document : { ...document, nodes: { ...document.nodes, [id]: edited } }
}

/** A place within the limits of the canvas, in whole px. */
function onCanvas(at: readonly [number, number]): readonly [number, number] {
  const within = (value: number) =>
    Number.isFinite(value) ? Math.round(Math.min(Math.max(value, -LIMITS.coordinate), LIMITS.coordinate)) : 0
  return [within(at[0]), within(at[1])]
}
