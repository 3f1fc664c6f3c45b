import { blockOf } from '../blocks/index.js'
import type { Port } from '../blocks/define.js'
import type { BlockDefinition, BlockPort, Blocks, Document, NodeId } from '../document/document.js'
import { inBlock, insideOf } from '../document/inside.js'
import {
  BLOCK_INPUT,
  BLOCK_OUTPUT,
  fieldsOf,
  isAllowedInside,
  ownBlock,
  ownName,
  usedIn,
} from '../document/own-blocks.js'
import type { Issue } from '../errors.js'
import type { Fields } from '../layers/fields.js'
import { layerOf } from '../layers/index.js'
import { LIMITS } from '../limits.js'
import { addBlock, addLayer, type Draft, type Place } from './draft.js'
import { insideIssues } from './issues/inside-issues.js'
import { readParams } from './params.js'
import { wiringOf, type Joint, type Wiring } from './wiring.js'

/** An own block as the expansion needs it; what does not depend on a use is found once. */
export interface OwnBlock {
  readonly name: string
  readonly params: Fields
  readonly inside: Document
  /** Ids of its ports, in order. */
  readonly inputs: readonly NodeId[]
  readonly outputs: readonly NodeId[]
  readonly wiring: Wiring
  /** Problems of the inside that no use changes, by the ids inside. */
  readonly issues: readonly Issue[]
}

/** Own blocks of the documents that share the same definitions, by name. */
const known = new WeakMap<Blocks, Map<string, OwnBlock>>()

/** What was last made of a definition, and the definitions that it uses: as long as these stay, so does it. */
const made = new WeakMap<BlockDefinition, { readonly own: OwnBlock; readonly used: Definitions }>()

type Definitions = ReadonlyMap<string, BlockDefinition | undefined>

/** The own block that a node's type stands for, if the document has it: the same object until it or one it uses is edited. */
export function ownBlockOf(document: Document, type: string): OwnBlock | undefined {
  const name = ownName(type)
  const block = ownBlock(document.blocks, name)
  if (name === undefined || !block) return undefined
  const blocks = known.get(document.blocks) ?? new Map<string, OwnBlock>()
  known.set(document.blocks, blocks)
  const existing = blocks.get(name)
  if (existing) return existing
  const last = made.get(block)
  const isSame = last?.own.name === name && [...last.used].every(([id, one]) => ownBlock(document.blocks, id) === one)
  const own = isSame ? last.own : openable(document, name, block)
  if (!isSame) made.set(block, { own, used: definitionsUsed(document.blocks, block) })
  blocks.set(name, own)
  return own
}

function openable(document: Document, name: string, block: BlockDefinition): OwnBlock {
  const inside = insideOf(document, name)!
  const wiring = wiringOf(inside)
  const ids = (ports: readonly BlockPort[]) => ports.map(({ id }) => id)
  return {
    name,
    params: fieldsOf(block),
    inside,
    inputs: ids(block.inputs),
    outputs: ids(block.outputs),
    wiring,
    issues: insideIssues(inside, wiring, wiring.cycles),
  }
}

/** The definitions that one uses, directly or through others; `undefined` for names that stand for none. */
function definitionsUsed(blocks: Blocks, block: BlockDefinition): Definitions {
  const used = new Map<string, BlockDefinition | undefined>()
  const open = [...usedIn(block.nodes)]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (used.has(name)) continue
    const one = ownBlock(blocks, name)
    used.set(name, one)
    if (one) open.push(...usedIn(one.nodes))
  }
  return used
}

/** What the opening of one node of the document has found so far. */
export interface Opening {
  readonly issues: Issue[]
  /** Layers and blocks opened; beyond `LIMITS.opened` nothing more is. */
  opened: number
}

/** Where the inside of an own block goes: its use, the values of its parameters and the names of the blocks around it. */
interface Room {
  readonly own: OwnBlock
  readonly place: Place
  readonly around: readonly string[]
  readonly opening: Opening
  /** Path of the layer that makes each output inside, by `portKey`. */
  readonly outputs: Map<string, Port | undefined>
}

/** Name of one output of a node: its id for the first, `id:1` for the second. */
export function portKey(id: NodeId, output = 0): string {
  return output === 0 ? id : `${id}:${output}`
}

/**
 * Add the inside of an own block with complete parameters; returns the path of the layer that makes each of its outputs.
 * A block that contains itself or nests too deep is left closed and reported; of one that opens to too many layers a part is.
 */
export function addOwnBlock(
  draft: Draft,
  own: OwnBlock,
  place: Place,
  opening: Opening,
  outside: readonly string[] = [],
): readonly (Port | undefined)[] {
  const room: Room = { own, place, around: [...outside, own.name], opening, outputs: new Map() }
  const refused = refusal(room, outside)
  if (refused) {
    opening.issues.push(refused)
    return []
  }
  for (const issue of own.issues) opening.issues.push(located(room, issue))
  own.inputs.forEach((id, at) => room.outputs.set(id, place.inputs[at]))
  for (const step of own.wiring.steps) {
    if (opening.opened > LIMITS.opened) break
    opening.opened++
    addInner(draft, step, room)
  }
  return own.outputs.map((id) => room.outputs.get(id))
}

function addInner(draft: Draft, { id, feeds }: Joint, room: Room): void {
  const { own, place, opening, outputs } = room
  const node = own.inside.nodes[id]!
  if (node.type === BLOCK_INPUT) return
  // An unknown node stands under its own name: what it feeds keeps its inputs, their shapes stay unknown.
  const inputs = feeds.map((feed) => {
    if (!feed) return undefined
    const key = portKey(feed.from.id, feed.output)
    return outputs.has(key) ? outputs.get(key) : `${place.id}/${feed.from.id}`
  })
  if (node.type === BLOCK_OUTPUT) {
    outputs.set(id, inputs[0])
    return
  }
  const kind = layerOf(node.type) ?? blockOf(node.type) ?? ownBlockOf(own.inside, node.type)
  if (!kind || !isAllowedInside(node.type)) return
  const read = readParams(id, node, kind.params, place.params)
  for (const issue of read.issues) opening.issues.push(located(room, issue))
  const inner: Place = { id: `${place.id}/${id}`, origin: place.origin, params: read.values, inputs }
  const before = draft.nodes.length
  if ('inside' in kind) {
    addOwnBlock(draft, kind, inner, opening, room.around).forEach((port, at) => outputs.set(portKey(id, at), port))
    return
  }
  outputs.set(id, 'expand' in kind ? addBlock(draft, kind, inner) : addLayer(draft, kind, inner))
  opening.opened += draft.nodes.length - before
}

/** Why a block is not opened. */
function refusal({ own, place, around }: Room, outside: readonly string[]): Issue | undefined {
  const where = placeIn(place, own.name)
  const title = own.inside.name
  if (outside.includes(own.name)) {
    const circle = around.slice(around.indexOf(own.name)).join(' → ')
    return {
      severity: 'error',
      code: 'block/contains-itself',
      message: `The block ${title} contains itself: ${circle}.`,
      hint: 'Open one of these blocks and remove the next from it.',
      where,
    }
  }
  if (around.length > LIMITS.nesting) {
    const message = `Blocks are nested ${around.length} deep, more than ${LIMITS.nesting}.`
    return { severity: 'error', code: 'block/too-deep', message, hint: 'Ungroup some of them.', where }
  }
  return undefined
}

/** The issue of a net whose own blocks open to more than can be shown. */
export function tooMany(node: NodeId): Issue {
  const most = LIMITS.opened.toLocaleString('en')
  const message = `The blocks of this net open to more than ${most} layers; from ${node} on they stay closed.`
  return { severity: 'error', code: 'limit/layers', message, hint: 'Use fewer blocks within blocks.', where: { node } }
}

/** A problem of the inside as one of the document, at this use; its fix edits the block. */
function located({ own, place }: Room, { where, fix, ...issue }: Issue): Issue {
  const inner = where.node === undefined ? place.id : `${place.id}/${where.node}`
  return {
    ...issue,
    message: `Inside the block ${own.inside.name}: ${issue.message}`,
    where: { ...where, ...placeIn({ ...place, id: inner }, own.name) },
    ...(fix && { fix: { title: fix.title, command: inBlock(own.name, fix.command) } }),
  }
}

function placeIn({ id, origin }: Pick<Place, 'id' | 'origin'>, block: string): Issue['where'] {
  return id === origin ? { node: origin, block } : { node: origin, inner: id, block }
}
