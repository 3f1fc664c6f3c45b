import type { Window } from '../../../shared/layers/geometry.js'
import type { Shape } from '../../../shared/layers/shapes.js'
import type { HostTensor } from '../../engine/executor.js'
import { only, type Emitter } from './builder.js'
import { windowAttributes } from './windows.js'

/** Conv with a kernel [out, in, height, width] and explicit pads. */
export const convolution: Emitter = (list, call) => {
  const { id, params } = call.node
  const kernel = list.weight(call, 'kernel') as HostTensor
  const bias = list.weight(call, 'bias')
  const inputs = [only(call), list.constant(`${id}/kernel`, hwioToOihw(kernel))]
  if (bias) inputs.push(list.constant(`${id}/bias`, bias))
  return list.node('Conv', inputs, id, windowAttributes(params as unknown as Window, call.facts.inputs[0] as Shape))
}

/** A kernel [height, width, in, out] in ONNX's order [out, in, height, width]. */
export function hwioToOihw({ shape, data }: HostTensor): HostTensor {
  const [height, width, channels, filters] = shape as [number, number, number, number]
  const area = height * width
  const result = new Float32Array(data.length)
  for (let tap = 0; tap < area; tap++) {
    for (let i = 0; i < channels; i++) {
      const row = (tap * channels + i) * filters
      for (let o = 0; o < filters; o++) result[(o * channels + i) * area + tap] = data[row + o] as number
    }
  }
  return { shape: [filters, channels, height, width], data: result }
}
