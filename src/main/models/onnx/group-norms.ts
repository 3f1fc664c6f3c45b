import { channelsOf, isImage, type Shape } from '../../../shared/layers/shapes.js'
import type { HostTensor } from '../../engine/executor.js'
import { only, type Emitter, type LayerCall, type OperatorList } from './builder.js'

/** LayerNormalization over the last axis: images are brought back to NHWC for it. */
export const layerNorm: Emitter = (list, call) => {
  const { id, params } = call.node
  const x = call.facts.inputs[0] as Shape
  const inputs = [constantOr(list, call, 'gamma', channelsOf(x), 1), constantOr(list, call, 'beta', channelsOf(x), 0)]
  const options = { axis: { int: -1 }, epsilon: { float: params['epsilon'] as number } }
  if (!isImage(x)) return list.node('LayerNormalization', [only(call), ...inputs], id, options)
  const nhwc = list.node('Transpose', [only(call)], `${id}:nhwc`, { perm: { ints: [0, 2, 3, 1] } })
  const normed = list.node('LayerNormalization', [nhwc, ...inputs], `${id}:norm`, options)
  return list.node('Transpose', [normed], id, { perm: { ints: [0, 3, 1, 2] } })
}

/** InstanceNormalization, which is what it says. */
export const instanceNorm: Emitter = (list, call) => {
  const channels = channelsOf(call.facts.inputs[0] as Shape)
  const inputs = [constantOr(list, call, 'gamma', channels, 1), constantOr(list, call, 'beta', channels, 0)]
  const options = { epsilon: { float: call.node.params['epsilon'] as number } }
  return list.node('InstanceNormalization', [only(call), ...inputs], call.node.id, options)
}

/** Operator set 17 has no group norm: the instance norm of an image whose channels are the groups, then factor and offset. */
export const groupNorm: Emitter = (list, call) => {
  const { id, params } = call.node
  const groups = params['groups'] as number
  const channels = channelsOf(call.facts.inputs[0] as Shape)
  const vector = (name: string, value: number) =>
    list.constant(`${id}:${name}`, { shape: [groups], data: new Float32Array(groups).fill(value) })
  const grouped = list.node('Reshape', [only(call), list.sizes(`${id}:groups`, [0, groups, -1])], `${id}:grouped`)
  const options = { epsilon: { float: params['epsilon'] as number } }
  const normed = list.node(
    'InstanceNormalization',
    [grouped, vector('ones', 1), vector('zeros', 0)],
    `${id}:norm`,
    options,
  )
  const shape = list.node('Shape', [only(call)], `${id}:shape`)
  const image = list.node('Reshape', [normed, shape], `${id}:image`)
  const perChannel = (name: string, value: number) => constantOr(list, call, name, channels, value, [channels, 1, 1])
  const scaled = list.node('Mul', [image, perChannel('gamma', 1)], `${id}:scaled`)
  return list.node('Add', [scaled, perChannel('beta', 0)], id)
}

/** A weight per channel, or a constant where it is not learned. */
function constantOr(
  list: OperatorList,
  call: LayerCall,
  name: string,
  channels: number,
  value: number,
  shape: readonly number[] = [channels],
): string {
  const weight: HostTensor | undefined = list.weight(call, name)
  const data = weight?.data ?? new Float32Array(channels).fill(value)
  return list.constant(`${call.node.id}/${name}`, { shape, data })
}
