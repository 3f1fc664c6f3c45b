import type { Document } from '../document/document.js'
import { layerOf } from '../layers/index.js'
import type { Expansion } from './expand.js'
import type { FlatNode, HeadFacts } from './graph.js'
import { readParams } from './params.js'
import { createPass } from './pass.js'

/** Layer types that are outputs of the net. */
export function isHead(type: string): boolean {
  return layerOf(type)?.family === 'head'
}

const known = new WeakMap<Expansion, readonly HeadFacts[]>()

/**
 * The heads, those inside own blocks and on a circle included: first the main head, which is the one named `main`, or
 * `main` in a block, or else the deepest, then the others from front to back. The order of keys in the document plays no
 * part, so saving it changes nothing.
 */
export function headsOf(document: Document, expansion: Expansion): readonly HeadFacts[] {
  const heads = known.get(expansion) ?? foundHeads(document, expansion)
  known.set(expansion, heads)
  return heads
}

function foundHeads(document: Document, expansion: Expansion): readonly HeadFacts[] {
  const { wiring, nodes, layers } = expansion
  const depths = depthsOf(expansion)
  const heads: Placed[] = [...wiring.joints.values()].flatMap(({ id, at, type }) => {
    if (at >= 0 || !isHead(type)) return []
    const [node, layer] = [document.nodes[id]!, layerOf(type)!]
    return [{ id, origin: id, layer, params: readParams(id, node, layer.params, document.within?.values).values }]
  })
  nodes.forEach((node, place) => {
    if (node.layer.family === 'head') heads.push({ ...node, place })
  })
  const depth = ({ place = -1 }: Placed) => depths[place]?.layers ?? 0
  heads.sort((a, b) => depth(a) - depth(b) || (a.id < b.id ? -1 : 1))
  const named = heads.filter(({ id }) => id === 'main' || id.endsWith('/main'))
  const main = heads.find(({ id }) => id === 'main') ?? deepestOf(named.length > 0 ? named : heads, depth)
  const ordered = main ? [main, ...heads.filter((head) => head !== main)] : []
  return ordered.map(({ id, origin, layer, params, place = -1 }) => {
    const head = { id, origin, predicts: layer.head?.predicts ?? 'classes', weight: Number(params['weight']) }
    const shape = layers[place]?.output
    if (!shape) return head
    const { longest, shortest } = depths[place]!
    return { ...head, shape, depth: { longest, shortest } }
  })
}

/** A head, and its place among the layers; on a circle it has none. */
type Placed = Pick<FlatNode, 'id' | 'origin' | 'layer' | 'params'> & { readonly place?: number }

function deepestOf(heads: readonly Placed[], depth: (head: Placed) => number): Placed | undefined {
  return heads.reduce<Placed | undefined>((most, head) => (most && depth(most) >= depth(head) ? most : head), undefined)
}

/** Layers, and layers with kernels, on the ways from the input to a node. */
interface Depth {
  readonly layers: number
  readonly longest: number
  readonly shortest: number
}

const depthsOf = createPass<Depth>(
  ({ layer, inputs }, before) => {
    let [layers, longest, shortest] = [0, 0, Infinity]
    for (const depth of before) {
      layers = Math.max(layers, depth?.layers ?? 0)
      longest = Math.max(longest, depth?.longest ?? 0)
      shortest = Math.min(shortest, depth?.shortest ?? 0)
    }
    const own = layer.multiplyAdds ? 1 : 0
    return { layers: layers + 1, longest: longest + own, shortest: (inputs.length > 0 ? shortest : 0) + own }
  },
  (a, b) => a.layers === b.layers && a.longest === b.longest && a.shortest === b.shortest,
)
