import type { Document } from '../document/document.js'
import type { Layer } from '../layers/define.js'
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
 * The heads, those inside own blocks and on a circle included: first the main head, which is the one named `main`, or
 * `main` in a block, or else the deepest, then the others from front to back. The order of keys in the document plays no
 * part, so saving it changes nothing.
 */
export function headsOf(document: Document, expansion: Expansion): readonly HeadFacts[] {
  const { graph, shapes, skeleton } = expansion
  const { values } = depths(skeleton, graph.nodes, undefined)
  const at = (id: string) => values[skeleton.places.get(id) ?? -1]
  const depth = ({ id }: Pick<HeadFacts, 'id'>) => at(id)?.layers ?? 0
  const heads = [...headsOutside(document, expansion), ...headsInside(expansion)]
  heads.sort((a, b) => depth(a) - depth(b) || (a.id < b.id ? -1 : 1))
  const named = heads.filter(({ id }) => id === 'main' || id.endsWith('/main'))
  const main = heads.find(({ id }) => id === 'main') ?? deepestOf(named.length > 0 ? named : heads, depth)
  const ordered = main ? [main, ...heads.filter((head) => head !== main)] : []
  return ordered.map((head) => {
    const shape = shapes.get(head.id)
    if (!shape) return head
    const { longest, shortest } = at(head.id)!
    return { ...head, shape, depth: { longest, shortest } }
  })
}

function headsOutside(document: Document, { wiring }: Expansion): readonly HeadFacts[] {
  const ids = [...wiring.byType].flatMap(([type, found]) => (isHead(type) ? found : []))
  return ids.map((id) => {
    const node = document.nodes[id]!
    const layer = layerOf(node.type)!
    return headFacts(id, id, layer, readParams(id, node, layer.params, document.within?.values).values)
  })
}

function headsInside({ graph }: Expansion): readonly HeadFacts[] {
  const inside = graph.nodes.filter(({ id, origin, layer }) => layer.family === 'head' && id !== origin)
  return inside.map(({ id, origin, layer, params }) => headFacts(id, origin, layer, params))
}

function headFacts(id: string, origin: string, layer: Layer, params: Readonly<Record<string, unknown>>): HeadFacts {
  return { id, origin, predicts: layer.head?.predicts ?? 'classes', weight: Number(params['weight']) }
}

function deepestOf(heads: readonly HeadFacts[], depth: (head: HeadFacts) => number): HeadFacts | undefined {
  return heads.reduce<HeadFacts | undefined>((most, head) => (most && depth(most) >= depth(head) ? most : head), undefined) // prettier-ignore
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
