import { removeNodes } from '../../document/commands.js'
import type { NodeId } from '../../document/document.js'
import { usersOf, type Hint, type Net } from './hint.js'

/** Layers in a row from which on a net without skip wires is hard to train (He et al. 2016, figure 4: 34 learn less than 18). */
const DEEP = 30

/** Gradients that have no short way back. */
export const deepWithoutSkips: Hint = {
  code: 'design/deep-without-skips',
  looksAt: ({ family }) => family === 'head',
  at: (place, net) => {
    const node = net.nodes[place]!
    if (node.id !== net.heads[0]?.id) return undefined
    const shortest = net.heads[0].depth?.shortest ?? 0
    if (shortest <= DEEP) return undefined
    const message = `The shortest way from ${node.id} back to the input passes ${shortest} layers with weights; gradients may vanish on it.`
    return { message, hint: 'Use residual blocks, whose skip wires shorten the way, or auxiliary heads.' }
  },
}

/** The begin of a way that ends before it meets a head; its end is reported as a dead end, if it is there. */
export const leadsNowhere: Hint = {
  code: 'design/leads-nowhere',
  looksAt: () => true,
  when: ({ hasDeadEnds, heads }) => hasDeadEnds && heads.length > 0,
  at: (place, net) => {
    const [node, users] = [net.nodes[place]!, usersOf(net, place)]
    if (net.needed[place] === 1 || node.layer.type === 'input') return undefined
    const isBegin = net.inputs[place]!.every((from) => net.needed[from] === 1)
    if (!isBegin || users.every((user) => net.nodes[user]!.origin === node.origin)) return undefined
    const ids = [...behind(net, place)]
    const message = `${node.origin} and what it feeds lead to no head: nothing there is trained.`
    const fix = {
      title: ids.length > 1 ? `Remove these ${ids.length} nodes` : `Remove ${ids[0]}`,
      command: removeNodes(ids),
    }
    return { message, hint: 'Lead the last of them to a head, or remove them all.', fix }
  },
}

/** Nodes of the document that a layer feeds, its own included. */
function behind(net: Net, start: number): ReadonlySet<NodeId> {
  const open = [start]
  const seen = new Set(open)
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    for (const user of usersOf(net, place)) {
      if (seen.has(user)) continue
      seen.add(user)
      open.push(user)
    }
  }
  return new Set([...seen].map((place) => net.nodes[place]!.origin))
}
