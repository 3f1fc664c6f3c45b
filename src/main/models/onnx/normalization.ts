import type { HostTensor } from '../../engine/executor.js'
import { only, type Emitter } from './builder.js'

/** BatchNormalization by the moving statistics; a scale or offset that is not learned is written as ones or zeros. */
export const batchNorm: Emitter = (list, call) => {
  const { id, params } = call.node
  const mean = list.weight(call, 'moving_mean') as HostTensor
  const filled = (value: number): HostTensor => ({ ...mean, data: new Float32Array(mean.data.length).fill(value) })
  const inputs = [
    only(call),
    list.constant(`${id}/gamma`, list.weight(call, 'gamma') ?? filled(1)),
    list.constant(`${id}/beta`, list.weight(call, 'beta') ?? filled(0)),
    list.constant(`${id}/moving_mean`, mean),
    list.constant(`${id}/moving_variance`, list.weight(call, 'moving_variance') as HostTensor),
  ]
  return list.node('BatchNormalization', inputs, id, { epsilon: { float: params['epsilon'] as number } })
}

/** LRN; ONNX divides its alpha by the number of channels in the window, ours is TensorFlow's and is not divided. */
export const localResponseNorm: Emitter = (list, call) => {
  const p = call.node.params as Readonly<Record<'depth_radius' | 'alpha' | 'beta' | 'bias', number>>
  const size = 2 * p.depth_radius + 1
  return list.node('LRN', [only(call)], call.node.id, {
    size: { int: size },
    alpha: { float: p.alpha * size },
    beta: { float: p.beta },
    bias: { float: p.bias },
  })
}
