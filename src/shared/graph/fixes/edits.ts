import { addNode, freeId, setParams, type Command } from '../../document/commands.js'
import { nodeOf, type NodeId, type Wire } from '../../document/document.js'
import { connect, insertOnWire } from '../../document/wires.js'

/** Distance to a node that is put beside another, px. */
const STEP = 240

/** Insert a node into a wire, halfway between its ends and a little lower, where a row of nodes leaves room. */
export function insertBefore(wire: Wire, type: string, params: Readonly<Record<string, unknown>>): Command {
  return (document) => {
    const [a, b] = [nodeOf(document, wire.from)?.at ?? [0, 0], nodeOf(document, wire.to)?.at ?? [0, 0]]
    const id = freeId(document, type)
    const inserted = insertOnWire(wire, type, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + 80], id)(document)
    return setParams([id], params)(inserted)
  }
}

/** Nodes that one after the other are put behind a node, each right of the one before. */
export function append(
  from: NodeId,
  ...row: readonly (readonly [type: string, params: Readonly<Record<string, unknown>>])[]
): Command {
  return (document) => {
    let [edited, last] = [document, from]
    for (const [type, params] of row) {
      const [x, y] = nodeOf(edited, last)?.at ?? [0, 0]
      const id = freeId(edited, type)
      edited = connect(last, id)(setParams([id], params)(addNode(type, [x + STEP, y], id)(edited)))
      last = id
    }
    return edited
  }
}
