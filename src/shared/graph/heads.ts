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
  const depth = (id: string) => depths.get(id)?.layers ?? 0
  ids.sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))
  const deepest = ids.reduce((most, id) => (depth(id) > depth(most) ? id : most), ids[0] ?? '')
  const main = ids.includes('main') ? 'main' : deepest
  const ordered = ids.length === 0 ? [] : [main, ...ids.filter((id) => id !== main)]
  return ordered.map((id) => {
    const node = document.nodes[id]!
    const layer = layerOf(node.type)!
    const weight = Number(readParams(id, node, layer.params).values['weight'])
    const predicts = layer.head?.predicts ?? 'classes'
    const shape = shapes.get(id)
    if (!shape) return { id, predicts, weight }
    const { longest, shortest } = depths.get(id)!
    return { id, shape, predicts, weight, depth: { longest, shortest } }
  })
}

/** Layers, and layers with kernels, on the ways from the input to a node. */
interface Depth {
  readonly layers: number
  readonly longest: number
  readonly shortest: number
}

const NOWHERE: Depth = { layers: 0, longest: 0, shortest: 0 }

function depthsOf(graph: FlatGraph): ReadonlyMap<string, Depth> {
  const depths = new Map<string, Depth>()
  for (const { id, layer, inputs } of graph.nodes) {
    let [layers, longest, shortest] = [0, 0, Infinity]
    for (const from of inputs) {
      const before = depths.get(from) ?? NOWHERE
      layers = Math.max(layers, before.layers)
      longest = Math.max(longest, before.longest)
      shortest = Math.min(shortest, before.shortest)
    }
    const own = layer.multiplyAdds ? 1 : 0
    depths.set(id, {
      layers: layers + 1,
      longest: longest + own,
      shortest: (inputs.length > 0 ? shortest : 0) + own,
    })
  }
  return depths
}
