import { bypass } from '../bypass.js'
import { insertBefore } from '../fixes/edits.js'
import type { FlatNode } from '../graph.js'
import { wireInto } from '../wiring.js'
import { before, isDrawn, usersOf, type Finding, type Hint, type Net } from './hint.js'

/** Layers that hand values on: what stands behind them is as good as behind what stands before them. */
const HAND_ON = ['dropout', 'flatten', 'scale']

function behindHandedOn(net: Net, place: number): number | undefined {
  let found = before(net, place)
  while (found !== undefined && HAND_ON.includes(net.nodes[found]!.layer.type)) found = before(net, found)
  return found
}

const takeOut = (node: FlatNode) =>
  isDrawn(node) ? { fix: { title: `Take out ${node.id}`, command: bypass(node.id) } } : {}

/** Softmax compares logits of any sign; an activation in front of it takes some of them away. */
export const activationOnLogits: Hint = {
  code: 'design/activation-on-logits',
  looksAt: ({ head }) => head?.predicts === 'classes',
  at: (place, net) => {
    const at = behindHandedOn(net, place)
    const last = at === undefined ? undefined : net.nodes[at]!
    if (last?.layer.family !== 'act') return undefined
    const node = net.nodes[place]!
    const { title, type } = last.layer
    const message =
      type === 'softmax'
        ? `${last.id} turns the logits of ${node.id} into probabilities, and the head does it again.`
        : `${title} (${last.id}) changes the logits of ${node.id}, which should be free to take any value.`
    const hint = 'Lead the dense layer straight to the head: it applies softmax or sigmoid itself.'
    return { message, hint, ...takeOut(last) }
  },
}

/** One behind the other, the second has little to do. */
export const twoActivations: Hint = {
  code: 'design/two-activations',
  looksAt: ({ family }) => family === 'act',
  at: (place, net) => {
    const at = before(net, place)
    const first = at === undefined ? undefined : net.nodes[at]!
    if (first?.layer.family !== 'act' || usersOf(net, place).some((user) => net.nodes[user]!.layer.type === 'multiply'))
      return undefined
    const node = net.nodes[place]!
    const message = `${node.id} (${node.layer.title}) stands right behind ${first.id} (${first.layer.title}).`
    return {
      message,
      hint: 'One activation behind each convolution is enough; take one of them out.',
      ...takeOut(node),
    }
  },
}

/** Values that add up to one over the channels starve what comes behind. */
export const softmaxInTrunk: Hint = {
  code: 'design/softmax-in-trunk',
  looksAt: ({ type }) => type === 'softmax',
  at: (place, net) => {
    const isTrunk = ({ layer }: FlatNode) => layer.family !== 'head' && layer.type !== 'multiply'
    if (!usersOf(net, place).some((user) => isTrunk(net.nodes[user]!))) return undefined
    const message = `${net.nodes[place]!.id} is a softmax in the middle of the net: its values add up to 1 over all channels.`
    return { message, hint: 'Use ReLU here, and softmax at the end of the net only: the head has its own.' }
  },
}

const LINEAR = ['conv2d', 'dense']

/** Two linear layers in a row are one linear layer. */
export const linearPair: Hint = {
  code: 'design/linear-pair',
  looksAt: ({ type }) => LINEAR.includes(type),
  at: (place, net): Finding | undefined => {
    const at = behindHandedOn(net, place)
    if (at === undefined) return undefined
    const [first, node] = [net.nodes[at]!, net.nodes[place]!]
    if (!LINEAR.includes(first.layer.type) || usersOf(net, at).length > 1) return undefined
    const message = `Nothing bends the values between ${first.id} and ${node.id}: together they are one linear layer.`
    const joint = isDrawn(node) ? net.wiring.joints.get(node.id) : undefined
    const wire = joint && before(net, place) === at ? wireInto(joint, 0) : undefined
    const fix = wire && { title: 'Insert ReLU', command: insertBefore(wire, 'relu', {}) }
    return { message, hint: 'Put an activation between them.', ...(fix && { fix }) }
  },
}
