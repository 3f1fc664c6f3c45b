import type { Document } from '../document/document.js'
import { layerOf } from '../layers/index.js'
import type { Expansion } from './expand.js'
import type { HeadFacts } from './graph.js'
import { readParams } from './params.js'
import { createPass } from './skeleton.js'

/** Layer types that are outputs of the net. */
export function isHead(type: string): boolean {
  return layerOf(type)?.family === 'head'
}

/**
 * The heads, those on a circle included: first the main head, which is the one named `main` or else the deepest, then the
 * others from front to back. The order of keys in the document plays no part, so saving it changes nothing.
 */
export function headsOf(document: Document, { graph, shapes, skeleton, wiring }: Expansion): readonly HeadFacts[] {
  const { values } = depths(skeleton, graph.nodes, undefined)
  const ids = [...wiring.byType].flatMap(([type, found]) => (isHead(type) ? found : []))
  const at = (id: string) => values[skeleton.places.get(id) ?? -1]
  const depth = (id: string) => at(id)?.layers ?? 0
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
    const { longest, shortest } = at(id)!
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

const depths = createPass<Depth, undefined>(
  ({ layer, inputs }, before) => {
    let [layers, longest, shortest] = [0, 0, Infinity]
    for (const depth of before) {
      const { layers: others, longest: long, shortest: short } = depth ?? NOWHERE
      layers = Math.max(layers, others)
      longest = Math.max(longest, long)
      shortest = Math.min(shortest, short)
    }
    const own = layer.multiplyAdds ? 1 : 0
    return { layers: layers + 1, longest: longest + own, shortest: (inputs.length > 0 ? shortest : 0) + own }
  },
  (a, b) => a.layers === b.layers && a.longest === b.longest && a.shortest === b.shortest,
)
