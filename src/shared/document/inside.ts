import { defaultsOf } from '../layers/fields.js'
import type { Command } from './commands.js'
import type { BlockDefinition, BlockPort, Blocks, Document, DocumentNode, NodeId, Wire } from './document.js'
import { BLOCK_INPUT, BLOCK_OUTPUT, fieldsOf, isPortType, ownBlock, ownType } from './own-blocks.js'

/**
 * The inside of an own block as a document: its ports stand as nodes of the types `block_input` and `block_output`, all
 * commands of documents work on it, and expressions mean `values` (the defaults if left out). `undefined` if there is no
 * such block.
 */
export function insideOf(
  document: Document,
  name: string,
  values?: Readonly<Record<string, unknown>>,
): Document | undefined {
  const block = ownBlock(document.blocks, name)
  if (!block) return undefined
  const params = fieldsOf(block)
  return {
    format: 'netwright',
    version: document.version,
    name: block.title,
    nodes: withPorts(block),
    wires: block.wires,
    blocks: document.blocks,
    training: {},
    within: { block: name, params, values: values ?? defaultsOf(params) },
  }
}

/** Nodes of blocks with their ports, by block: the same object as long as the block is. */
const known = new WeakMap<BlockDefinition, Readonly<Record<NodeId, DocumentNode>>>()

function withPorts(block: BlockDefinition): Readonly<Record<NodeId, DocumentNode>> {
  const existing = known.get(block)
  if (existing) return existing
  const as = (type: string, ports: readonly BlockPort[]) =>
    ports.map(({ id, at }) => [id, { type, params: {}, at }] as const)
  const nodes = {
    ...Object.fromEntries(as(BLOCK_INPUT, block.inputs)),
    ...block.nodes,
    ...Object.fromEntries(as(BLOCK_OUTPUT, block.outputs)),
  }
  known.set(block, nodes)
  return nodes
}

/**
 * A command of the inside of an own block as a command of the whole document. Where ports come, go or change places the
 * wires of every use follow: a wire stays at the port it was drawn to, and goes with a port that goes.
 */
export function inBlock(name: string, command: Command): Command {
  return (document) => {
    const inside = insideOf(document, name)
    if (!inside) return document
    const edited = command(inside)
    if (edited === inside) return document
    return withBlock(
      { ...document, blocks: edited.blocks },
      name,
      blockOfInside(inside, edited, document.blocks[name]!),
    )
  }
}

function blockOfInside(inside: Document, edited: Document, block: BlockDefinition): BlockDefinition {
  const title = edited.name === inside.name ? block.title : edited.name
  if (edited.nodes === inside.nodes) return { ...block, title, wires: edited.wires }
  const portsOf = (type: string) =>
    Object.entries(edited.nodes).flatMap(([id, node]) => (node.type === type ? [{ id, at: node.at }] : []))
  const nodes = Object.fromEntries(Object.entries(edited.nodes).filter(([, { type }]) => !isPortType(type)))
  const ports = { inputs: portsOf(BLOCK_INPUT), outputs: portsOf(BLOCK_OUTPUT) }
  return { ...block, title, ...ports, nodes, wires: edited.wires }
}

/** Put another definition in the place of an own block's; wires at its uses follow their ports. */
export function withBlock(document: Document, name: string, block: BlockDefinition): Document {
  const before = ownBlock(document.blocks, name)
  const blocks = { ...document.blocks, [name]: block }
  if (!before) return { ...document, blocks }
  const inputs = movesOf(before.inputs, block.inputs)
  const outputs = movesOf(before.outputs, block.outputs)
  if (!inputs && !outputs) return { ...document, blocks }
  const follow = ({ nodes, wires }: Pick<Document, 'nodes' | 'wires'>) =>
    wires.flatMap((wire) => followed(wire, nodes, ownType(name), { inputs, outputs }))
  return {
    ...document,
    wires: follow(document),
    blocks: Object.fromEntries(
      Object.entries(blocks).map(([id, other]): [string, BlockDefinition] => [id, usesName(other, name) ? { ...other, wires: follow(other) } : other]), // prettier-ignore
    ),
  }
}

function usesName({ nodes }: BlockDefinition, name: string): boolean {
  return Object.values(nodes).some(({ type }) => type === ownType(name))
}

type Moves = readonly (number | undefined)[] | undefined

/** New place of each port by its old one (`undefined`: gone); nothing where none moves. A port that is only renamed stays. */
function movesOf(before: readonly BlockPort[], after: readonly BlockPort[]): Moves {
  const places = before.map(({ id }) => after.findIndex((port) => port.id === id))
  const renamed = before.length === after.length && places.filter((place) => place < 0).length === 1
  const moves = places.map((place, at) => (place >= 0 ? place : renamed ? at : undefined))
  return moves.every((place, at) => place === at) ? undefined : moves
}

function followed(
  wire: Wire,
  nodes: Readonly<Record<NodeId, DocumentNode>>,
  type: string,
  { inputs, outputs }: { readonly inputs: Moves; readonly outputs: Moves },
): readonly Wire[] {
  const isUse = (id: NodeId) => Object.hasOwn(nodes, id) && nodes[id]?.type === type
  const input = inputs && isUse(wire.to) ? inputs[wire.input] : wire.input
  const output = outputs && isUse(wire.from) ? outputs[wire.output ?? 0] : (wire.output ?? 0)
  if (input === undefined || output === undefined) return []
  if (input === wire.input && output === (wire.output ?? 0)) return [wire]
  const { output: _, ...rest } = wire
  return [{ ...rest, input, ...(output > 0 && { output }) }]
}

/** The same blocks without some; what uses them is kept and shown as unknown. */
export function withoutBlocks(blocks: Blocks, gone: ReadonlySet<string>): Blocks {
  return Object.fromEntries(Object.entries(blocks).filter(([name]) => !gone.has(name)))
}
