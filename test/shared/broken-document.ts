import fc from 'fast-check'
import { isHead } from '../../src/shared/graph/heads.js'
import type { Document, DocumentNode, NodeId, Wire } from '../../src/shared/document/document.js'
import { kindOf } from '../../src/shared/document/kinds.js'
import type { Field, Fields } from '../../src/shared/layers/fields.js'
import { diceOf, draws, validDocument } from './random-graph.js'
import type { Dice } from './random-operations.js'

/** A sound net with one thing broken: the code that must be reported, and the node it must be reported at. */
export interface Broken {
  readonly document: Document
  readonly code: string
  /** Missing where the problem is that of the whole net. */
  readonly node?: NodeId
}

type Break = (document: Document, dice: Dice) => Broken | undefined

/** Random nets broken in random ways, and as they were before. */
export const brokenDocument = fc
  .tuple(validDocument, draws(6))
  .map(([sound, list]): Broken & { readonly sound: Document } => ({ ...brokenOnce(sound, diceOf(list)), sound }))

/** Random nets broken at several places, so that one problem hides others. */
export const oftenBroken = fc
  .tuple(validDocument, fc.array(draws(6), { minLength: 2, maxLength: 4 }))
  .map(([sound, lists]) => lists.reduce((document, list) => brokenOnce(document, diceOf(list)).document, sound))

function brokenOnce(document: Document, dice: Dice): Broken {
  const start = dice(0, BREAKS.length - 1)
  const ways = [...BREAKS.slice(start), ...BREAKS.slice(0, start)]
  // Where one way of breaking does not apply, the next one may; the last always does.
  for (const broken of ways.map((way) => way(document, dice))) if (broken) return broken
  throw new Error('No way to break the net.')
}

const pick = <T>(items: readonly T[], dice: Dice): T | undefined => items[dice(0, Math.max(items.length - 1, 0))]

const withWire = (document: Document, wire: Wire): Document => ({ ...document, wires: [...document.wires, wire] })

const withNode = (document: Document, id: NodeId, node: DocumentNode): Document => ({
  ...document,
  nodes: { ...document.nodes, [id]: node },
})

/** Nodes that a wire may enter. */
function fed(document: Document): readonly NodeId[] {
  return Object.keys(document.nodes).filter((id) =>
    ['one', 'many'].includes(kindOf(document.nodes[id]!.type)?.inputs ?? ''),
  )
}

/** A node that joins several; its next input is free. */
function joins(document: Document): readonly NodeId[] {
  return fed(document).filter((id) => kindOf(document.nodes[id]!.type)!.inputs === 'many')
}

const freeInput = ({ wires }: Document, id: NodeId) => wires.filter((wire) => wire.to === id).length

/** Values that no field of this kind takes. */
function wrongValues(field: Field): readonly unknown[] {
  const never = [NaN, Infinity, -Infinity, 2 ** 53, {}, [], 'eleven', [1, 2, 3]]
  if (field.kind === 'flag' || field.kind === 'choice') return [...never, 0, null]
  if (field.kind === 'numbers')
    return [NaN, null, true, 'eleven', {}, [null], [NaN], [field.min - 1], [1, field.max + 1]]
  if (field.kind === 'extent') return [...never, field.min - 1, 0.5]
  return [...never, null, true, field.min - 1, field.max + 1, ...(field.kind === 'number' ? [] : [1.5, [1, 1.5]])]
}

const BREAKS: readonly Break[] = [
  // A node feeds itself.
  (document, dice) => {
    const node = pick(joins(document), dice)
    if (node === undefined) return undefined
    const wire = { from: node, to: node, input: freeInput(document, node) }
    return { document: withWire(document, wire), code: 'graph/cycle', node }
  },
  // A node feeds one before it.
  (document, dice) => {
    const node = pick(joins(document), dice)
    const after = node && document.wires.find((wire) => wire.from === node && !isHead(document.nodes[wire.to]!.type))
    if (!after) return undefined
    const wire = { from: after.to, to: node, input: freeInput(document, node) }
    return { document: withWire(document, wire), code: 'graph/cycle' }
  },
  // Two wires into one input.
  (document, dice) => {
    const wire = pick(document.wires, dice)!
    return { document: withWire(document, { ...wire }), code: 'wire/doubled', node: wire.to }
  },
  // Wires from and to nowhere.
  (document, dice) => {
    const node = pick(fed(document), dice)!
    return { document: withWire(document, { from: 'nobody', to: node, input: 0 }), code: 'wire/dangling', node }
  },
  (document) => ({ document: withWire(document, { from: 'input_1', to: 'nobody', input: 0 }), code: 'wire/dangling' }),
  // Inputs that no node has.
  (document, dice) => {
    const node = pick(fed(document), dice)!
    const input = pick([-1, 0.5, 256, 1e9, 2 ** 53, NaN, Infinity], dice)!
    return { document: withWire(document, { from: 'input_1', to: node, input }), code: 'wire/no-such-input', node }
  },
  (document) => ({
    document: withWire(document, { from: document.wires[0]!.to, to: 'input_1', input: 0 }),
    code: 'wire/no-such-input',
    node: 'input_1',
  }),
  // A head feeds something.
  (document, dice) => {
    const node = pick(joins(document), dice)
    if (node === undefined) return undefined
    const wire = { from: 'main', to: node, input: freeInput(document, node) }
    return { document: withWire(document, wire), code: 'wire/from-head', node }
  },
  // A wire is missing.
  (document, dice) => {
    const gone = pick(document.wires, dice)!
    const others = document.wires.filter((wire) => wire.to === gone.to && wire !== gone)
    // Without its last input, a node with three or more is sound.
    if (others.length > 1 && others.every((wire) => wire.input < gone.input)) return undefined
    const wires = document.wires.filter((wire) => wire !== gone)
    return { document: { ...document, wires }, code: 'graph/not-connected', node: gone.to }
  },
  // A parameter out of range, or not even of its kind.
  (document, dice) => {
    const node = pick(Object.keys(document.nodes), dice)!
    const { type, params, at } = document.nodes[node]!
    const [name, field] = pick(Object.entries((kindOf(type)?.params ?? {}) as Fields), dice) ?? []
    if (name === undefined || !field) return undefined
    const wrong = pick(wrongValues(field), dice)
    const broken = withNode(document, node, { type, at, params: { ...params, [name]: wrong } })
    return { document: broken, code: 'param/invalid', node }
  },
  // A type that does not exist, also one that every object has.
  (document, dice) => {
    const node = pick(Object.keys(document.nodes), dice)!
    const type = pick(['wormhole', '', 'constructor', 'toString', '__proto__'], dice)!
    return { document: withNode(document, node, { ...document.nodes[node]!, type }), code: 'node/unknown-type', node }
  },
  // Two inputs; none; no head.
  (document) => ({
    document: withNode(document, 'second', document.nodes['input_1']!),
    code: 'graph/several-inputs',
    node: 'second',
  }),
  (document) => ({
    document: withNode(document, 'input_1', { ...document.nodes['input_1']!, type: 'relu' }),
    code: 'graph/no-input',
  }),
  (document) => {
    const nodes = Object.fromEntries(Object.entries(document.nodes).filter(([, { type }]) => !isHead(type)))
    const wires = document.wires.filter((wire) => Object.hasOwn(nodes, wire.to))
    return { document: { ...document, nodes, wires }, code: 'graph/no-head' }
  },
]
