import { setParam, setTraining } from '../../document/commands.js'
import { isDrawn, usersOf, type Hint } from './hint.js'

/** Batch norm subtracts the mean, and with it whatever was added to all pixels of a channel. */
export const biasBeforeNorm: Hint = {
  code: 'design/bias-before-norm',
  looksAt: ({ params }) => 'bias' in params,
  at: (place, net) => {
    const node = net.nodes[place]!
    if (node.params['bias'] !== true || !isDrawn(node)) return undefined
    const users = usersOf(net, place).map((user) => net.nodes[user]!)
    if (users.length === 0 || !users.every(({ layer }) => layer.type === 'batch_norm')) return undefined
    const count = net.layers[place]!.weights['bias']?.shape[0] ?? 0
    const message = `${node.id} adds a bias that ${users[0]!.id} takes away again: ${count} parameters without effect.`
    const fix = { title: 'Leave out the bias', command: setParam(node.id, 'bias', false) }
    return { message, hint: 'Batch norm subtracts the mean of each channel and has an offset of its own.', fix }
  },
}

const BATCH = 32

/** Statistics of one image say nothing about the others. */
export const normOfOne: Hint = {
  code: 'design/batch-of-one',
  looksAt: ({ type }) => type === 'batch_norm',
  when: ({ document }) => document.training['batch'] === 1,
  isOnce: true,
  at: () => {
    const message = 'The batch size is 1, so batch norm takes mean and deviation from a single image.'
    const hint = 'Train with 8 images or more at a time, or use group norm, which does not look at the batch.'
    return { message, hint, fix: { title: `Set the batch size to ${BATCH}`, command: setTraining({ batch: BATCH }) } }
  },
}
