import type { Document } from '../document/document.js'
import { layerOf } from '../layers/index.js'
import type { Expansion } from './expand.js'
import type { Frame } from './frame.js'
import type { FlatNode, HeadFacts } from './graph.js'
import { readParams } from './params.js'

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
  const depth = ({ place = -1 }: Placed) => depths.layers[place] ?? 0
  heads.sort((a, b) => depth(a) - depth(b) || (a.id < b.id ? -1 : 1))
  const named = heads.filter(({ id }) => id === 'main' || id.endsWith('/main'))
  const main = heads.find(({ id }) => id === 'main') ?? deepestOf(named.length > 0 ? named : heads, depth)
  const ordered = main ? [main, ...heads.filter((head) => head !== main)] : []
  return ordered.map(({ id, origin, layer, params, place = -1 }) => {
    const head = { id, origin, predicts: layer.head?.predicts ?? 'classes', weight: Number(params['weight']) }
    const shape = layers[place]?.output
    if (!shape) return head
    return { ...head, shape, depth: { longest: depths.longest[place]!, shortest: depths.shortest[place]! } }
  })
}

/** A head, and its place among the layers; on a circle it has none. */
type Placed = Pick<FlatNode, 'id' | 'origin' | 'layer' | 'params'> & { readonly place?: number }

function deepestOf(heads: readonly Placed[], depth: (head: Placed) => number): Placed | undefined {
  return heads.reduce<Placed | undefined>((most, head) => (most && depth(most) >= depth(head) ? most : head), undefined)
}

/** By place: layers, and layers with kernels, on the ways from the input to a layer. */
interface Depths {
  readonly layers: Float64Array
  readonly longest: Float64Array
  readonly shortest: Float64Array
}

const knownDepths = new WeakMap<Frame, Depths>()

function depthsOf({ frame, nodes }: Expansion): Depths {
  const existing = knownDepths.get(frame)
  if (existing) return existing
  const empty = () => new Float64Array(nodes.length)
  const [layers, longest, shortest] = [empty(), empty(), empty().fill(Infinity)]
  for (let place = 0; place < nodes.length; place++) {
    const inputs = frame.inputs[place]!
    for (const from of inputs) {
      // What is not known is no way on which layers are counted.
      if (from < 0) continue
      layers[place] = Math.max(layers[place]!, layers[from]!)
      longest[place] = Math.max(longest[place]!, longest[from]!)
      shortest[place] = Math.min(shortest[place]!, shortest[from]!)
    }
    const own = nodes[place]!.layer.multiplyAdds ? 1 : 0
    layers[place]! += 1
    longest[place]! += own
    shortest[place] = (inputs.length > 0 ? shortest[place]! : 0) + own
  }
  const depths = { layers, longest, shortest }
  knownDepths.set(frame, depths)
  return depths
}
