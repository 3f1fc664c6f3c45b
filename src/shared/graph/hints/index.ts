import type { Issue } from '../../errors.js'
import { activationOnLogits, linearPair, softmaxInTrunk, twoActivations } from './activations.js'
import type { Layer } from '../../layers/define.js'
import type { Expansion } from '../expand.js'
import { hasDeadEnds } from '../issues/structure.js'
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
  const { nodes, layers, frame, wiring } = expansion
  const net: Net = { ...looked, ...frame, wiring, nodes, layers, hasDeadEnds: hasDeadEnds(wiring) }
  const active = hints.map(({ when }) => !when || when(net))
  const found: Issue[][] = hints.map(() => [])
  nodes.forEach(({ id, origin, layer }, place) => {
    for (const at of lookersOf(layer)) {
      if (!active[at]) continue
      const [{ code, isOnce, at: look }, alike] = [hints[at]!, found[at]!]
      // Of each kind one for a node of the document; its layers stand in a row.
      const last = alike.at(-1)
      if (last && (isOnce || last.where.node === origin)) continue
      const finding = look(place, net)
      if (!finding) continue
      const where = id === origin ? { node: id } : { node: origin, inner: id }
      alike.push({ severity: 'info', code, ...finding, where })
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
