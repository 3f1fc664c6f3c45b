import type { Issue } from '../../errors.js'
import type { FlatNode } from '../graph.js'
import { activationOnLogits, linearPair, softmaxInTrunk, twoActivations } from './activations.js'
import type { Layer } from '../../layers/define.js'
import type { Expansion } from '../expand.js'
import { hasDeadEnds } from '../issues/structure.js'
import { usersOf } from '../order.js'
import type { Hint, Net } from './hint.js'
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
export type Looked = Pick<Net, 'document' | 'heads' | 'receptiveFields'> & { readonly expansion: Expansion }

/** Advice on a net, one of each kind for a node of the document at most; nothing here keeps a net from training. */
export function hintsFor({ expansion, ...looked }: Looked): readonly Issue[] {
  const { nodes, layers, inputs, wiring } = expansion
  const net: Net = {
    ...looked,
    nodes,
    layers,
    inputs,
    hasDeadEnds: hasDeadEnds(wiring),
    users: usersOf(inputs),
    needed: neededAmong(nodes, inputs),
  }
  const active = hints.map(({ when }) => !when || when(net))
  const found: Issue[][] = hints.map(() => [])
  nodes.forEach(({ id, origin, layer }, place) => {
    for (const at of lookersOf(layer)) {
      const { code, at: look } = hints[at]!
      const finding = active[at] && look(place, net)
      // Of each kind one for a node of the document; its layers stand in a row.
      if (!finding || found[at]!.at(-1)?.where.node === origin) continue
      const where = id === origin ? { node: id } : { node: origin, inner: id }
      found[at]!.push({ severity: 'info', code, ...finding, where })
    }
  })
  return found.flat()
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

function neededAmong(nodes: readonly FlatNode[], inputs: Net['inputs']): Uint8Array {
  const needed = new Uint8Array(nodes.length)
  for (let place = nodes.length - 1; place >= 0; place--) {
    if (nodes[place]!.layer.family === 'head') needed[place] = 1
    if (needed[place] === 1) for (const from of inputs[place]!) if (from >= 0) needed[from] = 1
  }
  return needed
}
