import type { Issue } from '../../errors.js'
import type { FlatNode } from '../graph.js'
import { activationOnLogits, linearPair, softmaxInTrunk, twoActivations } from './activations.js'
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

/** Advice on a net, one of each kind for a node of the document at most; nothing here keeps a net from training. */
export function hintsFor(net: Omit<Net, 'layers' | 'users' | 'needed'>): readonly Issue[] {
  const full = withNeighbours(net)
  const found: Issue[] = []
  for (const { code, at } of hints) {
    const told = new Set<string>()
    for (const node of net.graph.nodes) {
      const finding = at(node, full)
      if (!finding || told.has(node.origin)) continue
      told.add(node.origin)
      const where = node.id === node.origin ? { node: node.id } : { node: node.origin, inner: node.id }
      found.push({ severity: 'info', code, ...finding, where })
    }
  }
  return found
}

/** A net with ways to go from layer to layer, each worked out when a hint first asks for it. */
function withNeighbours(net: Omit<Net, 'layers' | 'users' | 'needed'>): Net {
  const { nodes } = net.graph
  let layers: Net['layers'] | undefined
  let users: Net['users'] | undefined
  let needed: Net['needed'] | undefined
  return {
    ...net,
    get layers() {
      return (layers ??= new Map(nodes.map((node) => [node.id, node])))
    },
    get users() {
      return (users ??= usersAmong(nodes))
    },
    get needed() {
      return (needed ??= neededAmong(nodes))
    },
  }
}

function usersAmong(nodes: readonly FlatNode[]): Net['users'] {
  const users = new Map<string, FlatNode[]>()
  for (const node of nodes) {
    for (const from of node.inputs) {
      const known = users.get(from)
      if (known) known.push(node)
      else users.set(from, [node])
    }
  }
  return users
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
