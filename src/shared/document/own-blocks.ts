import { FUNCTIONS } from '../expressions/parse.js'
import type { Fields } from '../layers/fields.js'
import { layerOf } from '../layers/index.js'
import { LIMITS } from '../limits.js'
import type { BlockDefinition, Blocks, Document, NodeId } from './document.js'

const PREFIX = 'own/'

/** Types of the nodes that stand for the ports of a block while its inside is shown. */
export const BLOCK_INPUT = 'block_input'
export const BLOCK_OUTPUT = 'block_output'

/** True for the types that exist only inside a block. */
export function isPortType(type: string): boolean {
  return type === BLOCK_INPUT || type === BLOCK_OUTPUT
}

/** True for the types that may stand inside a block: all but the input, since images enter a net at one place only. */
export function isAllowedInside(type: string): boolean {
  return type !== 'input'
}

/** The type of nodes that use an own block. */
export function ownType(name: string): string {
  return PREFIX + name
}

/** The name of the own block that a type stands for, known or not; `undefined` for layers and built-in blocks. */
export function ownName(type: string): string | undefined {
  return type.startsWith(PREFIX) ? type.slice(PREFIX.length) : undefined
}

/** The own block of a name, if there is one. */
export function ownBlock(blocks: Blocks, name: string | undefined): BlockDefinition | undefined {
  return name !== undefined && Object.hasOwn(blocks, name) ? blocks[name] : undefined
}

/** The parameters of an own block as fields of a form. */
export function fieldsOf({ params }: BlockDefinition): Fields {
  return Object.fromEntries(params.map(({ name, ...field }) => [name, field]))
}

const PARAM_NAME = /^[A-Za-z][A-Za-z0-9_]*$/

/** True for a text that can name a parameter of an own block, so that expressions can use it: `N`, `width_2`. */
export function isParamName(text: string): boolean {
  return (
    PARAM_NAME.test(text) &&
    text.length <= LIMITS.nameLength &&
    text !== 'constructor' &&
    !Object.hasOwn(FUNCTIONS, text)
  )
}

/** A place where an own block is used: in the net itself, or inside another own block. */
export interface BlockUse {
  /** Name of the block that it is used in; `undefined` for the net. */
  readonly block: string | undefined
  readonly node: NodeId
}

/** Every place where an own block is used, the net first. */
export function usesOf(document: Document, name: string): readonly BlockUse[] {
  const type = ownType(name)
  const nets: [string | undefined, Readonly<Record<NodeId, { readonly type: string }>>][] = [
    [document.within?.block, document.nodes],
    ...Object.entries(document.blocks)
      // Of the block whose inside this is the document itself is the newest state.
      .filter(([block]) => block !== document.within?.block)
      .map(([block, { nodes }]) => [block, nodes] as [string, typeof nodes]),
  ]
  return nets.flatMap(([block, nodes]) =>
    Object.entries(nodes).flatMap(([node, { type: used }]) => (used === type ? [{ block, node }] : [])),
  )
}

/** Names of the own blocks that are used by one, directly or through others, itself included; unknown ones left out. */
export function neededBy(blocks: Blocks, names: Iterable<string>): ReadonlySet<string> {
  const needed = new Set<string>()
  const open = [...names]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const block = ownBlock(blocks, name)
    if (!block || needed.has(name)) continue
    needed.add(name)
    open.push(...usedIn(block.nodes))
  }
  return needed
}

/** Names of the own blocks that nodes use. */
export function usedIn(nodes: Readonly<Record<NodeId, { readonly type: string }>>): readonly string[] {
  return Object.values(nodes).flatMap(({ type }) => ownName(type) ?? [])
}

/** True for a head, and for an own block with a head inside, however deep. */
export function holdsHead({ blocks }: Pick<Document, 'blocks'>, type: string): boolean {
  const name = ownName(type)
  if (name === undefined) return layerOf(type)?.family === 'head'
  return [...neededBy(blocks, [name])].some((needed) =>
    Object.values(blocks[needed]!.nodes).some((node) => layerOf(node.type)?.family === 'head'),
  )
}

/** True if a node of a type cannot stand in a block, because the block is or is used by that type. */
export function closesCircle(document: Pick<Document, 'blocks' | 'within'>, type: string): boolean {
  const name = ownName(type)
  const { within } = document
  return within !== undefined && name !== undefined && neededBy(document.blocks, [name]).has(within.block)
}
