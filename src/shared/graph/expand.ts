import { blockOf } from '../blocks/index.js'
import type { Document, NodeId } from '../document/document.js'
import type { Issue } from '../errors.js'
import type { Misfit } from '../layers/define.js'
import { layerOf } from '../layers/index.js'
import type { Shape } from '../layers/shapes.js'
import { addBlock, addLayer, type Draft } from './draft.js'
import type { FlatGraph } from './graph.js'
import { inOrder } from './order.js'
import { readParams } from './params.js'
import { wiringOf, type Wiring } from './wiring.js'

/** A flat graph with all that was learned while it was built. */
export interface Expansion {
  readonly graph: FlatGraph
  readonly wiring: Wiring
  /** Output shape of each flat node that has one. */
  readonly shapes: ReadonlyMap<string, Shape>
  /** Why the inputs of a flat node do not fit. */
  readonly misfits: ReadonlyMap<string, Misfit>
}

/** Open every block: the document as layers only, front to back, with its problems. Never throws. */
export function expand(document: Document): FlatGraph {
  return expansionOf(document).graph
}

/** `expand` with the shapes it needs anyway; `input` replaces the size of the input node. */
export function expansionOf(document: Document, input?: Shape): Expansion {
  const wiring = wiringOf(document)
  const { order, cycles } = inOrder(wiring.inputs)
  const issues: Issue[] = [...wiring.issues, ...cycles.map(cycleIssue)]
  const draft: Draft = { nodes: [], shapes: new Map(), misfits: new Map(), input }
  const outputs: Record<NodeId, string> = {}
  for (const id of order) {
    const node = document.nodes[id]!
    // A node of unknown type stands under its own name: what it feeds keeps its inputs, their shapes stay unknown.
    const inputs = wiring.inputs.get(id)!.map((from) => (from === undefined ? undefined : (outputs[from] ?? from)))
    const layer = layerOf(node.type)
    const block = layer ? undefined : blockOf(node.type)
    if (!layer && !block) {
      issues.push(unknownType(id, node.type))
      continue
    }
    const read = readParams(id, node, (layer ?? block)!.params)
    issues.push(...read.issues)
    const place = { id, origin: id, params: read.values, inputs }
    outputs[id] = layer ? addLayer(draft, layer, place) : addBlock(draft, block!, place)
  }
  const graph = { nodes: draft.nodes, outputs, issues }
  return { graph, wiring, shapes: draft.shapes, misfits: draft.misfits }
}

function cycleIssue(cycle: readonly string[]): Issue {
  const shown = cycle.length > 8 ? [...cycle.slice(0, 4), '…', ...cycle.slice(-3)] : cycle
  return {
    severity: 'error',
    code: 'graph/cycle',
    message: `${[...shown, cycle[0]].join(' → ')} is a circle: each of them waits for the one before.`,
    hint: 'Remove one of these wires; data flows one way, from the input to the heads.',
    where: { node: cycle[0]! },
  }
}

function unknownType(id: NodeId, type: string): Issue {
  return {
    severity: 'error',
    code: 'node/unknown-type',
    message: `${id} is a ${type}, which this version does not know.`,
    hint: 'Replace it, or open the document with the version that wrote it; it is kept as it is.',
    where: { node: id },
  }
}
