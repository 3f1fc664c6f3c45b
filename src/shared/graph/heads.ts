import type { Document } from '../document/document.js'
import { layerOf } from '../layers/index.js'
import type { Expansion } from './expand.js'
import type { FlatGraph, HeadFacts } from './graph.js'
import { readParams } from './params.js'

/** Layer types that are outputs of the net. */
export function isHead(type: string): boolean {
  return layerOf(type)?.family === 'head'
}

/**
 * The heads, those on a circle included: first the main head, which is the one named `main` or else the deepest, then the
 * others from front to back. The order of keys in the document plays no part, so saving it changes nothing.
 */
export function headsOf(document: Document, { graph, shapes }: Expansion): readonly HeadFacts[] {
  const depths = depthsOf(graph)
  const ids = Object.keys(document.nodes).filter((id) => isHead(document.nodes[id]!.type))
  const depth = (id: string) => depths.get(id) ?? 0
  ids.sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))
  const deepest = ids.reduce((most, id) => (depth(id) > depth(most) ? id : most), ids[0] ?? '')
  const main = ids.includes('main') ? 'main' : deepest
  const ordered = ids.length === 0 ? [] : [main, ...ids.filter((id) => id !== main)]
  return ordered.map((id) => {
    const node = document.nodes[id]!
    const weight = Number(readParams(id, node, layerOf(node.type)!.params).values['weight'])
    const shape = shapes.get(id)
    return shape ? { id, shape, weight } : { id, weight }
  })
}

/** Layers on the longest way from the input to each node. */
function depthsOf(graph: FlatGraph): ReadonlyMap<string, number> {
  const depths = new Map<string, number>()
  for (const { id, inputs } of graph.nodes) {
    depths.set(id, inputs.reduce((most, from) => Math.max(most, depths.get(from) ?? 0), 0) + 1)
  }
  return depths
}
