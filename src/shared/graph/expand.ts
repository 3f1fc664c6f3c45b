import { blockOf } from '../blocks/index.js'
import type { Document, NodeId } from '../document/document.js'
import type { Issue } from '../errors.js'
import type { Misfit } from '../layers/define.js'
import { layerOf } from '../layers/index.js'
import type { Shape } from '../layers/shapes.js'
import type { FlatGraph, FlatNode } from './graph.js'
import { inOrder } from './order.js'
import { partOf, type Part } from './part.js'
import { wiringOf, type Wiring } from './wiring.js'

/** A flat graph with all that was learned while it was built. */
export interface Expansion {
  readonly graph: FlatGraph
  readonly wiring: Wiring
  /** What each node of the document became; none for a node of unknown type or on a circle. */
  readonly parts: ReadonlyMap<NodeId, Part>
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
  const nodes: FlatNode[] = []
  const parts = new Map<NodeId, Part>()
  const shapes = new Map<string, Shape>()
  const misfits = new Map<string, Misfit>()
  const outputs: Record<NodeId, string> = {}
  for (const id of order) {
    const node = document.nodes[id]!
    const kind = layerOf(node.type) ?? blockOf(node.type)
    if (!kind) {
      issues.push(unknownType(id, node.type))
      continue
    }
    // A node of unknown type stands under its own name: what it feeds keeps its inputs, their shapes stay unknown.
    const inputs = wiring.inputs.get(id)!.map((from) => (from === undefined ? undefined : (outputs[from] ?? from)))
    const known = inputs.map((port) => (port === undefined ? undefined : shapes.get(port)))
    const part = partOf(id, node, { kind, inputs, shapes: known, input: node.type === 'input' ? input : undefined })
    parts.set(id, part)
    outputs[id] = part.output
    for (const flat of part.nodes) {
      nodes.push(flat)
      const shape = part.shapes.get(flat.id)
      if (shape) shapes.set(flat.id, shape)
    }
    for (const [path, misfit] of part.misfits) misfits.set(path, misfit)
    for (const issue of part.issues) issues.push(issue)
  }
  return { graph: { nodes, outputs, issues }, wiring, parts, shapes, misfits }
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
