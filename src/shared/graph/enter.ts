import type { Document, NodeId } from '../document/document.js'
import { insideOf } from '../document/inside.js'
import { fieldsOf, ownBlock, ownName } from '../document/own-blocks.js'
import type { PortShapes } from './expand.js'
import { shapeOut, type Analysis } from './graph.js'
import { readParams } from './params.js'

/** The inside of an own block as it is at one of its uses, and the shapes that enter it there. */
export interface Entered {
  readonly document: Document
  readonly ports: PortShapes
}

/** Enter a node of a document that stands for an own block; `undefined` if it stands for none. */
export function enter(document: Document, analysis: Analysis, id: NodeId): Entered | undefined {
  const node = Object.hasOwn(document.nodes, id) ? document.nodes[id] : undefined
  const name = node && ownName(node.type)
  const block = ownBlock(document.blocks, name)
  if (!node || name === undefined || !block) return undefined
  const { values } = readParams(id, node, fieldsOf(block), document.within?.values)
  const ports: Record<NodeId, PortShapes[string]> = {}
  for (const wire of document.wires) {
    const port = wire.to === id ? block.inputs[wire.input] : undefined
    if (port) ports[port.id] = shapeOut(analysis.origins[wire.from], wire.output)
  }
  return { document: insideOf(document, name, values)!, ports }
}
