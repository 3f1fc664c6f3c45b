import type { Issue } from '../../errors.js'
import type { FlatNode } from '../graph.js'
import { activationOnLogits, linearPair, softmaxInTrunk, twoActivations } from './activations.js'
import type { Layer } from '../../layers/define.js'
import type { Expansion } from '../expansion.js'
import type { Skeleton } from '../skeleton.js'
import type { Finding, Hint, Net } from './hint.js'
import { kernelOverMap, lateAuxiliary, poolOfOnePixel, shortSight, skippedPixels } from './maps.js'
import { deepWithoutSkips, leadsNowhere } from './ways.js'
import { biasBeforeNorm, normOfOne } from './weights.js'

/** Every hint there is, the weightiest first. */
export const hints: readonly Hint[] = [
  activationOnLogits,
  softmaxInTrunk,
  linearPair,
  twoActivations,
  kernelOverMap,
  poolOfOnePixel,
  skippedPixels,
  shortSight,
  lateAuxiliary,
  deepWithoutSkips,
  leadsNowhere,
  biasBeforeNorm,
  normOfOne,
]

/** What hints need to know of a net. */
export type Looked = Pick<Net, 'document' | 'facts' | 'heads' | 'hasDeadEnds' | 'receptiveFields'> & {
  readonly expansion: Expansion
}

/** Advice on a net, one of each kind for a node of the document at most; nothing here keeps a net from training. */
export function hintsFor({ expansion, ...looked }: Looked): readonly Issue[] {
  const { skeleton, graph } = expansion
  const net = withNeeded({ ...looked, nodes: graph.nodes, skeleton })
  const memory = memoryOf(net)
  return hints.flatMap((hint, at) => {
    if (hint.when && !hint.when(net)) return []
    return hint.whole ? told(hint, net, foundAt(hint, net, memory.places[at]!)) : told(hint, net, memory.found[at]!)
  })
}

/** Findings by place of the layer. */
type Found = ReadonlyMap<number, Finding>

function told({ code }: Hint, { nodes }: Net, found: Found): readonly Issue[] {
  const origins = new Set<string>()
  return [...found].flatMap(([place, finding]): readonly Issue[] => {
    const { id, origin } = nodes[place]!
    if (origins.has(origin)) return []
    origins.add(origin)
    return [{ severity: 'info', code, ...finding, where: id === origin ? { node: id } : { node: origin, inner: id } }]
  })
}

function foundAt(hint: Hint, net: Net, places: readonly number[]): Found {
  const found = new Map<number, Finding>()
  for (const place of places) {
    const finding = hint.at(net.nodes[place]!, net)
    if (finding) found.set(place, finding)
  }
  return found
}

/** What was found last in nets of one skeleton. */
interface Memory {
  readonly nodes: readonly FlatNode[]
  /** For each hint the places of the layers that it looks at. */
  readonly places: readonly (readonly number[])[]
  readonly found: readonly Found[]
}

const known = new WeakMap<Skeleton, Memory>()

/** Findings of the hints that depend on single layers; those of layers that have not changed are kept. */
function memoryOf(net: Net): Memory {
  const last = known.get(net.skeleton)
  if (last?.nodes === net.nodes) return last
  const memory = last ? renewed(last, net) : fresh(net)
  known.set(net.skeleton, memory)
  return memory
}

/** Which hints look at a layer, by their places in the list. */
const lookers = new Map<Layer, readonly number[]>()

function lookersOf(layer: Layer): readonly number[] {
  const existing = lookers.get(layer)
  if (existing) return existing
  const found = hints.flatMap(({ looksAt }, at) => (looksAt(layer) ? [at] : []))
  lookers.set(layer, found)
  return found
}

function fresh(net: Net): Memory {
  const { nodes } = net
  const places: number[][] = hints.map(() => [])
  nodes.forEach(({ layer }, place) => {
    for (const at of lookersOf(layer)) places[at]!.push(place)
  })
  return { nodes, places, found: hints.map((hint, at) => (hint.whole ? NONE : foundAt(hint, net, places[at]!))) }
}

const NONE: Found = new Map()

function renewed(last: Memory, net: Net): Memory {
  const changed = net.nodes.flatMap((node, place) => (node === last.nodes[place] ? [] : [place]))
  const found = hints.map((hint, at) => {
    const before = last.found[at]!
    const looked = hint.whole ? [] : changed.filter((place) => hint.looksAt(net.nodes[place]!.layer))
    const after = foundAt(hint, net, looked)
    if (after.size === 0 && !looked.some((place) => before.has(place))) return before
    const all = [...[...before].filter(([place]) => !looked.includes(place)), ...after]
    return new Map(all.sort(([a], [b]) => a - b))
  })
  return { nodes: net.nodes, places: last.places, found }
}

function withNeeded(net: Omit<Net, 'needed'>): Net {
  let needed: Net['needed'] | undefined
  return {
    ...net,
    get needed() {
      return (needed ??= neededAmong(net.nodes))
    },
  }
}

function neededAmong(nodes: readonly FlatNode[]): Net['needed'] {
  const needed = new Set<string>()
  for (let at = nodes.length - 1; at >= 0; at--) {
    const { id, layer, inputs } = nodes[at]!
    if (layer.family === 'head') needed.add(id)
    if (needed.has(id)) for (const input of inputs) needed.add(input)
  }
  return needed
}
