import { renameIn, substitute, namesIn } from '../expressions/rewrite.js'
import { readField, type Field } from '../layers/fields.js'
import { LIMITS } from '../limits.js'
import type { Command } from './commands.js'
import { isNodeId, type BlockDefinition, type BlockParam, type BlockPort, type Document, type DocumentNode, type NodeId } from './document.js' // prettier-ignore
import { insideOf, withBlock, withoutBlocks } from './inside.js'
import { kindIn } from './kinds.js'
import { isParamName, ownBlock, ownType, usesOf } from './own-blocks.js'

/** A free block name made from a title: `Stem 2` → `stem_2`. */
export function freeBlockName(document: Pick<Document, 'blocks'>, title: string): string {
  const cleaned = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 100)
  const stem = isNodeId(cleaned) ? cleaned : 'block'
  const isFree = (name: string) => !Object.hasOwn(document.blocks, name)
  if (isFree(stem)) return stem
  for (let n = 2; ; n++) if (isFree(`${stem}_${n}`)) return `${stem}_${n}`
}

/** Change the title or the description of an own block. */
export function describeBlock(name: string, words: { readonly title?: string; readonly doc?: string }): Command {
  return onBlock(name, (block) => {
    const title = words.title?.slice(0, LIMITS.nameLength) ?? block.title
    const doc = words.doc?.slice(0, LIMITS.stringLength) ?? block.doc
    return title === block.title && doc === block.doc ? block : { ...block, title, doc }
  })
}

/** Give an own block another name, every use included; nothing if the name is not valid or taken. */
export function renameBlock(name: string, to: string): Command {
  return (document) => {
    if (!ownBlock(document.blocks, name) || !isNodeId(to) || Object.hasOwn(document.blocks, to)) return document
    const blocks = Object.entries(document.blocks).map(([key, block]) => [key === name ? to : key, block] as const)
    const renamed = { ...document, blocks: Object.fromEntries(blocks) }
    return onNodes(renamed, (node) => (node.type === ownType(name) ? { ...node, type: ownType(to) } : node))
  }
}

/** Copy an own block under another name. */
export function duplicateBlock(name: string, to: string): Command {
  return (document) => {
    const block = ownBlock(document.blocks, name)
    if (!block || !isNodeId(to) || Object.hasOwn(document.blocks, to)) return document
    if (Object.keys(document.blocks).length >= LIMITS.blocks) return document
    return { ...document, blocks: { ...document.blocks, [to]: { ...block, title: `${block.title} copy` } } }
  }
}

/** Why an own block cannot be removed: where it is used; `undefined` if it can. */
export function whyKept(document: Document, name: string): string | undefined {
  const uses = usesOf(document, name)
  if (uses.length === 0) return undefined
  const places = uses.map(({ block, node }) => (block === undefined ? node : `${node} in the block ${block}`))
  const shown = places.length > 4 ? [...places.slice(0, 3), `${places.length - 3} more`] : places
  return `${ownBlock(document.blocks, name)?.title ?? name} is used by ${shown.join(', ')}; remove or ungroup these first.`
}

/** Remove an own block; nothing while it is used. */
export function removeBlock(name: string): Command {
  return (document) => {
    if (!ownBlock(document.blocks, name) || usesOf(document, name).length > 0) return document
    return { ...document, blocks: withoutBlocks(document.blocks, new Set([name])) }
  }
}

/** Move an input or output of a block among its fellows; wires at every use stay with their port. */
export function movePort(name: string, id: NodeId, by: 1 | -1): Command {
  return (document) => {
    const block = ownBlock(document.blocks, name)
    if (!block) return document
    const [inputs, outputs] = [moved(block.inputs, id, by), moved(block.outputs, id, by)]
    if (inputs === block.inputs && outputs === block.outputs) return document
    return withBlock(document, name, { ...block, inputs, outputs })
  }
}

function moved(ports: readonly BlockPort[], id: NodeId, by: 1 | -1): readonly BlockPort[] {
  const from = ports.findIndex((port) => port.id === id)
  const to = from + by
  if (from < 0 || to < 0 || to >= ports.length) return ports
  return ports.map((port, at) => (at === from ? ports[to]! : at === to ? ports[from]! : port))
}

/** Kinds of fields that a block can show outside. */
export function isExposable({ kind }: Field): boolean {
  return kind !== 'extent'
}

/** A parameter of a node inside a block. */
export interface ParamPlace {
  readonly node: NodeId
  readonly param: string
}

/**
 * Show parameters of nodes inside as one of the block's: the first one's value becomes its default, at every use, and all of
 * them take `=name`. Nothing if the name is not valid or taken, or one of them is an expression already.
 */
export function exposeParam(block: string, places: readonly ParamPlace[], name: string): Command {
  return (document) => {
    const inside = insideOf(document, block)
    const known = ownBlock(document.blocks, block)
    const [first] = places
    if (!inside || !known || !first || !isParamName(name) || known.params.some((one) => one.name === name))
      return document
    const fields = places.map(({ node, param }) => fieldAt(inside, node, param))
    if (fields.some((field) => !field || !isExposable(field))) return document
    if (places.some(({ node, param }) => namesIn(known.nodes[node]?.params[param]).length > 0)) return document
    const read = readField(fields[0]!, known.nodes[first.node]!.params[first.param])
    const value = 'value' in read ? read.value : fields[0]!.default
    const { when: _, ...plain } = fields[0]!
    const added = { ...plain, name, default: value } as BlockParam
    const nodes = places.reduce((all, { node, param }) => {
      const inner = all[node]!
      return { ...all, [node]: { ...inner, params: { ...inner.params, [param]: `=${name}` } } }
    }, known.nodes)
    const edited = onBlock(block, () => ({ ...known, params: [...known.params, added], nodes }))(document)
    const isUse = ({ type }: DocumentNode) => type === ownType(block)
    return onNodes(edited, (use) => (isUse(use) ? { ...use, params: { ...use.params, [name]: value } } : use))
  }
}

function fieldAt(inside: Document, node: NodeId, param: string): Field | undefined {
  const inner = Object.hasOwn(inside.nodes, node) ? inside.nodes[node] : undefined
  const fields = inner && kindIn(inside, inner.type)?.params
  return fields && Object.hasOwn(fields, param) ? fields[param] : undefined
}

/** Take a parameter of a block back inside: expressions have its default from now on, at every use. */
export function hideParam(block: string, name: string): Command {
  return (document) => {
    const known = ownBlock(document.blocks, block)
    const param = known?.params.find((one) => one.name === name)
    if (!known || !param) return document
    const given = { [name]: param.default }
    const nodes = mapNodes(known.nodes, (node) => withValues(node, (value) => substitute(value, given)))
    const edited = onBlock(block, () => ({ ...known, params: known.params.filter((one) => one !== param), nodes }))(document) // prettier-ignore
    return onNodes(edited, (use) => {
      if (use.type !== ownType(block) || !Object.hasOwn(use.params, name)) return use
      const { [name]: _, ...params } = use.params
      return { ...use, params }
    })
  }
}

/** Change a block's parameter: its name (expressions and uses follow), help, default or limits; nothing if it would not be valid. */
export function changeParam(block: string, name: string, change: Partial<BlockParam>): Command {
  return (document) => {
    const known = ownBlock(document.blocks, block)
    const param = known?.params.find((one) => one.name === name)
    if (!known || !param) return document
    const next = { ...param, ...change } as BlockParam
    if ('problem' in readField(next, next.default) || !isParamName(next.name)) return document
    if (next.name !== name && known.params.some((one) => one.name === next.name)) return document
    const params = known.params.map((one) => (one === param ? next : one))
    const renamed = (value: unknown) => (next.name === name ? value : renameIn(value, name, next.name))
    const nodes = mapNodes(known.nodes, (node) => withValues(node, renamed))
    const edited = onBlock(block, () => ({ ...known, params, nodes }))(document)
    if (next.name === name) return edited
    return onNodes(edited, (use) => {
      if (use.type !== ownType(block)) return use
      const entries = Object.entries(use.params).map(([key, value]) => [key === name ? next.name : key, value])
      return { ...use, params: Object.fromEntries(entries) }
    })
  }
}

function withValues(node: DocumentNode, change: (value: unknown) => unknown): DocumentNode {
  const entries = Object.entries(node.params).map(([key, value]) => [key, value, change(value)] as const)
  if (entries.every(([, before, after]) => before === after)) return node
  return { ...node, params: Object.fromEntries(entries.map(([key, , after]) => [key, after])) }
}

function onBlock(name: string, edit: (block: BlockDefinition) => BlockDefinition): Command {
  return (document) => {
    const block = ownBlock(document.blocks, name)
    const edited = block && edit(block)
    return !edited || edited === block ? document : { ...document, blocks: { ...document.blocks, [name]: edited } }
  }
}

/** Every node of the net and of all blocks. */
function onNodes(document: Document, edit: (node: DocumentNode) => DocumentNode): Document {
  const nodes = mapNodes(document.nodes, edit)
  const blocks = Object.entries(document.blocks).map(([name, block]) => {
    const inner = mapNodes(block.nodes, edit)
    return [name, inner === block.nodes ? block : { ...block, nodes: inner }] as const
  })
  const isSame = blocks.every(([name, block]) => block === document.blocks[name])
  return { ...document, nodes, blocks: isSame ? document.blocks : Object.fromEntries(blocks) }
}

function mapNodes(
  nodes: Readonly<Record<NodeId, DocumentNode>>,
  edit: (node: DocumentNode) => DocumentNode,
): Readonly<Record<NodeId, DocumentNode>> {
  const edited = Object.entries(nodes).map(([id, node]) => [id, edit(node)] as const)
  return edited.every(([id, node]) => node === nodes[id]) ? nodes : Object.fromEntries(edited)
}
