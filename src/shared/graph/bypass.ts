import { removeNodes, type Command } from '../document/commands.js'
import type { NodeId, Wire } from '../document/document.js'

/**
 * Take a node out of a net: what it feeds is fed by what feeds its first input. The same document if nothing does.
 */
export function bypass(id: NodeId): Command {
  return (document) => {
    const [into] = document.wires.filter(({ to }) => to === id).sort((a, b) => a.input - b.input)
    if (!into || into.from === id) return document
    const wires = document.wires.map((wire) => (wire.from === id ? rerouted(wire, into) : wire))
    return removeNodes([id])({ ...document, wires })
  }
}

/** A wire that begins where another does. */
function rerouted({ output: _, ...wire }: Wire, { from, output }: Wire): Wire {
  return { ...wire, from, ...(output !== undefined && { output }) }
}
