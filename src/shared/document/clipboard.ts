import { namesIn, substitute } from '../expressions/rewrite.js'
import { LIMITS } from '../limits.js'
import { mergeBlocks, renamedTypes } from './bundle.js'
import { freeId, type Command } from './commands.js'
import { nodeOf, type Blocks, type Document, type DocumentNode, type NodeId, type Wire } from './document.js'
import { closesCircle, isAllowedInside, isPortType, neededBy, usedIn } from './own-blocks.js'

/** A part of a document: nodes and the wires between them, with the own blocks that these use. */
export interface Fragment {
  readonly nodes: Readonly<Record<NodeId, DocumentNode>>
  readonly wires: readonly Wire[]
  readonly blocks?: Blocks
  /** Of nodes from inside a block: the values that their expressions name. */
  readonly values?: Readonly<Record<string, unknown>>
}

/** The named nodes and the wires between them. */
export function copy(document: Document, ids: Iterable<NodeId>): Fragment {
  const chosen = [...new Set(ids)].flatMap((id) => {
    const node = nodeOf(document, id)
    return node ? [[id, node] as const] : []
  })
  const names = new Set(chosen.map(([id]) => id))
  const nodes = Object.fromEntries(chosen)
  const needed = neededBy(document.blocks, usedIn(nodes))
  return {
    nodes,
    wires: document.wires.filter((wire) => names.has(wire.from) && names.has(wire.to)),
    ...(needed.size > 0 && {
      blocks: Object.fromEntries([...needed].map((name) => [name, document.blocks[name]!])),
    }),
    ...(document.within && { values: document.within.values }),
  }
}

/** The ids that `paste` gives to the nodes of a fragment: new id by old id. */
export function pastedIds(document: Document, fragment: Fragment): ReadonlyMap<NodeId, NodeId> {
  const ids = new Map<NodeId, NodeId>()
  const taken = new Set<NodeId>()
  for (const [id, { type }] of Object.entries(fragment.nodes)) {
    const belongs = document.within ? isAllowedInside(type) && !closesCircle(document, type) : !isPortType(type)
    if (!belongs) continue
    const name = freeId(document, id, taken)
    taken.add(name)
    ids.set(id, name)
  }
  return ids
}

/**
 * Add the nodes of a fragment under free ids, moved by `offset` px, with the own blocks they use; nothing if the document
 * would grow too large. What cannot stand there is left out: the input inside a block, ports outside, a block within itself.
 */
export function paste(fragment: Fragment, offset: readonly [number, number] = [32, 32]): Command {
  return (document) => {
    const ids = pastedIds(document, fragment)
    const wires = fragment.wires
      .filter((wire) => ids.has(wire.from) && ids.has(wire.to))
      .map((wire) => ({ ...wire, from: ids.get(wire.from)!, to: ids.get(wire.to)! }))
    const isFull =
      Object.keys(document.nodes).length + ids.size > LIMITS.nodes ||
      document.wires.length + wires.length > LIMITS.wires
    if (ids.size === 0 || isFull) return document
    const { blocks, names } = mergeBlocks(document.blocks, fragment.blocks ?? {})
    const nodes = [...ids].map(([id, to]) => {
      const node = fragment.nodes[id]!
      const at = [node.at[0] + offset[0], node.at[1] + offset[1]] as const
      return [to, { ...renamedTypes(node, names), params: understood(document, fragment, node), at }] as const
    })
    return {
      ...document,
      nodes: { ...document.nodes, ...Object.fromEntries(nodes) },
      wires: [...document.wires, ...wires],
      blocks,
    }
  }
}

/** Parameters of a pasted node: expressions that mean nothing here become the values they had. */
function understood({ within }: Document, { values }: Fragment, { params }: DocumentNode): DocumentNode['params'] {
  if (!values) return params
  const isKnown = (name: string) => within !== undefined && Object.hasOwn(within.params, name)
  const entries = Object.entries(params).map(([key, value]) => [
    key,
    namesIn(value).every(isKnown) && within ? value : substitute(value, values),
  ])
  return Object.fromEntries(entries)
}

/** Copy nodes with the wires between them, beside the originals. */
export function duplicate(ids: Iterable<NodeId>): Command {
  const chosen = [...ids]
  return (document) => paste(copy(document, chosen))(document)
}
