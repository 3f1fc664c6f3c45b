import { channelsOf, isImage, type Shape } from '../../../shared/layers/shapes.js'
import { only, type Emitter } from './builder.js'

/** Concat of channels or units. */
export const concat: Emitter = (list, { node, inputs }) => list.node('Concat', inputs, node.id, { axis: { int: 1 } })

/** A chain of one operator of two inputs, in the order of the inputs. */
function chain(op: string): Emitter {
  return (list, { node, inputs }) =>
    inputs.reduce((sum, x, i) => list.node(op, [sum, x], i === inputs.length - 1 ? node.id : `${node.id}:${i}`))
}

/** Sum of all inputs. */
export const add = chain('Add')

/** The first input less the second. */
export const subtract = chain('Sub')

/** Product of all inputs; vectors beside images become [N, channels, 1, 1]. */
export const multiply: Emitter = (list, call) => {
  const { node, facts } = call
  const hasImage = facts.inputs.some(isImage)
  const inputs = call.inputs.map((x, i) => {
    if (!hasImage || isImage(facts.inputs[i] as Shape)) return x
    return list.node('Reshape', [x, list.sizes(`${node.id}:sizes${i}`, [0, 0, 1, 1])], `${node.id}:image${i}`)
  })
  return chain('Mul')(list, { ...call, inputs })
}

/** Largest of all inputs. */
export const maximum: Emitter = (list, { node, inputs }) => list.node('Max', inputs, node.id)

/** Mean of all inputs. */
export const average: Emitter = (list, { node, inputs }) => list.node('Mean', inputs, node.id)

/** A 1x1 convolution whose kernel hands on the channels there are: that is as good as zeros behind them, at any size. */
export const padChannels: Emitter = (list, call) => {
  const { id, params } = call.node
  const known = channelsOf(call.facts.inputs[0] as Shape)
  const channels = params['channels'] as number
  const data = new Float32Array(channels * known)
  for (let i = 0; i < known; i++) data[i * known + i] = 1
  return list.node('Conv', [only(call), list.constant(`${id}:pass`, { shape: [channels, known, 1, 1], data })], id)
}
