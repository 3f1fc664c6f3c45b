import { readField } from '../layers/fields.js'
import { substitute } from '../expressions/rewrite.js'
import { LIMITS } from '../limits.js'
import { freeId, type Command } from './commands.js'
import { nodeOf, type BlockDefinition, type Document, type DocumentNode, type NodeId, type Wire } from './document.js'
import { withoutBlocks } from './inside.js'
import { anchorOf } from './make-block.js'
import { ownBlock, ownName, usesOf } from './own-blocks.js'
import { outputOf } from './wires.js'

/**
 * Put the inside of an own block in the place of one of its uses, with the values it has there: the exact inverse of
 * `makeBlock`. A block that is used nowhere else goes with its last use. The same document if the node is no own block.
 */
export function ungroup(id: NodeId): Command {
  return (document) => {
    const node = nodeOf(document, id)
    const name = node && ownName(node.type)
    const block = ownBlock(document.blocks, name)
    if (!node || name === undefined || !block) return document
    const ids = idsFor(document, id, block)
    const { [id]: _, ...others } = document.nodes
    const nodes = { ...others, ...placed(node, block, ids) }
    const wires = joined(document, id, block, ids)
    if (Object.keys(nodes).length > LIMITS.nodes || wires.length > LIMITS.wires) return document
    const opened: Document = { ...document, nodes, wires }
    const isUsed = usesOf(opened, name).length > 0 || document.within?.block === name
    return isUsed ? opened : { ...opened, blocks: withoutBlocks(document.blocks, new Set([name])) }
  }
}

/** The ids that the nodes of a block get where it is ungrouped: their own where these are free. */
export function idsFor(document: Document, id: NodeId, { nodes }: BlockDefinition): ReadonlyMap<NodeId, NodeId> {
  const { [id]: _, ...others } = document.nodes
  const ids = new Map<NodeId, NodeId>()
  const taken = new Set<NodeId>(Object.keys(nodes).filter((inner) => !Object.hasOwn(others, inner)))
  for (const inner of Object.keys(nodes)) {
    if (taken.has(inner)) {
      ids.set(inner, inner)
      continue
    }
    const other = freeId({ nodes: others }, inner, taken)
    taken.add(other)
    ids.set(inner, other)
  }
  return ids
}

function placed(node: DocumentNode, block: BlockDefinition, ids: ReadonlyMap<NodeId, NodeId>) {
  const [x, y] = anchorOf(block)
  const values = valuesOf(node, block)
  return Object.fromEntries(
    Object.entries(block.nodes).map(([inner, own]): [NodeId, DocumentNode] => {
      const params = Object.entries(own.params).map(([key, value]) => [key, substitute(value, values)])
      const at = [own.at[0] + (node.at[0] - x), own.at[1] + (node.at[1] - y)] as const
      return [ids.get(inner)!, { ...own, params: Object.fromEntries(params), at }]
    }),
  )
}

/** Values of the block's parameters at this use, expressions of the block around it as they are. */
function valuesOf(node: DocumentNode, { params }: BlockDefinition): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    params.map(({ name, ...field }) => {
      const given = Object.hasOwn(node.params, name) ? node.params[name] : undefined
      if (JSON.stringify(given)?.includes('"=')) return [name, given]
      const read = readField(field, given)
      return [name, 'value' in read ? read.value : field.default]
    }),
  )
}

/** The wires of the document with those of the block: each that ended at a port goes on to what is behind it. */
function joined(document: Document, id: NodeId, block: BlockDefinition, ids: ReadonlyMap<NodeId, NodeId>): Wire[] {
  const inputOf = new Map(block.inputs.map((port, at) => [port.id, at]))
  const outputAt = new Map(block.outputs.map((port, at) => [port.id, at]))
  const renamed = (inner: NodeId) => ids.get(inner) ?? inner
  const inner = block.wires.flatMap((wire): Wire[] => {
    const [input, output] = [inputOf.get(wire.from), outputAt.get(wire.to)]
    const sources =
      input === undefined
        ? [{ ...source(wire), from: renamed(wire.from) }]
        : document.wires.filter((outer) => outer.to === id && outer.input === input).map(source)
    const ends =
      output === undefined
        ? [{ ...withoutOutput(wire), to: renamed(wire.to) }]
        : document.wires.filter((outer) => outer.from === id && outputOf(outer) === output).map(withoutOutput)
    return sources.flatMap((from) => ends.map((end) => ({ ...end, ...from })))
  })
  return [...document.wires.filter((wire) => wire.from !== id && wire.to !== id), ...inner]
}

function source({ from, output }: Wire): Pick<Wire, 'from' | 'output'> {
  return { from, ...(output !== undefined && { output }) }
}

function withoutOutput({ output: _, ...wire }: Wire): Wire {
  return wire
}
