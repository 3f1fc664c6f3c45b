import { LIMITS } from '../limits.js'
import { freeId, type Command } from './commands.js'
import { nodeOf, type Document, type DocumentNode, type NodeId, type Wire } from './document.js'

/** A part of a document: nodes and the wires between them. */
export interface Fragment {
  readonly nodes: Readonly<Record<NodeId, DocumentNode>>
  readonly wires: readonly Wire[]
}

/** The named nodes and the wires between them. */
export function copy(document: Document, ids: Iterable<NodeId>): Fragment {
  const chosen = [...new Set(ids)].flatMap((id) => {
    const node = nodeOf(document, id)
    return node ? [[id, node] as const] : []
  })
  const names = new Set(chosen.map(([id]) => id))
  return {
    nodes: Object.fromEntries(chosen),
    wires: document.wires.filter((wire) => names.has(wire.from) && names.has(wire.to)),
  }
}

/** The ids that `paste` gives to the nodes of a fragment: new id by old id. */
export function pastedIds(document: Document, fragment: Fragment): ReadonlyMap<NodeId, NodeId> {
  const ids = new Map<NodeId, NodeId>()
  const taken = new Set<NodeId>()
  for (const id of Object.keys(fragment.nodes)) {
    const name = freeId(document, id, taken)
    taken.add(name)
    ids.set(id, name)
  }
  return ids
}

/** Add the nodes of a fragment under free ids, moved by `offset` px; nothing if the document would grow too large. */
export function paste(fragment: Fragment, offset: readonly [number, number] = [32, 32]): Command {
  return (document) => {
    const ids = pastedIds(document, fragment)
    const isFull =
      Object.keys(document.nodes).length + ids.size > LIMITS.nodes ||
      document.wires.length + fragment.wires.length > LIMITS.wires
    if (ids.size === 0 || isFull) return document
    const nodes = Object.entries(fragment.nodes).map(([id, node]) => {
      const at = [node.at[0] + offset[0], node.at[1] + offset[1]] as const
      return [ids.get(id)!, { ...node, at }]
    })
    const wires = fragment.wires.map((wire) => ({ ...wire, from: ids.get(wire.from)!, to: ids.get(wire.to)! }))
    return {
      ...document,
      nodes: { ...document.nodes, ...Object.fromEntries(nodes) },
      wires: [...document.wires, ...wires],
    }
  }
}

/** Copy nodes with the wires between them, beside the originals. */
export function duplicate(ids: Iterable<NodeId>): Command {
  const chosen = [...ids]
  return (document) => paste(copy(document, chosen))(document)
}
