import type { Window } from '../../../shared/layers/geometry.js'
import { channelsOf, type Shape } from '../../../shared/layers/shapes.js'
import type { HostTensor } from '../../engine/executor.js'
import { only, type Emitter, type LayerCall, type OperatorList } from './builder.js'
import { windowAttributes } from './windows.js'

/** Conv with a kernel [out, in / groups, height, width] and explicit pads. */
export const convolution: Emitter = (list, call) => conv(list, call, (call.node.params['groups'] as number) ?? 1)

/** Conv with a group for every channel. */
export const depthwise: Emitter = (list, call) => conv(list, call, channelsOf(call.facts.inputs[0] as Shape))

/** A depthwise Conv without bias and a pointwise one. */
export const separable: Emitter = (list, call) => {
  const { id } = call.node
  const x = call.facts.inputs[0] as Shape
  const kernel = (part: string) => list.constant(`${id}/${part}`, hwioToOihw(list.weight(call, part) as HostTensor))
  const attributes = { ...windowOf(call), group: { int: channelsOf(x) } }
  const middle = list.node('Conv', [only(call), kernel('depthwise_kernel')], `${id}:depthwise`, attributes)
  return list.node('Conv', [middle, kernel('pointwise_kernel'), ...biasOf(list, call)], id)
}

function conv(list: OperatorList, call: LayerCall, groups: number): string {
  const { id } = call.node
  const kernel = list.constant(`${id}/kernel`, hwioToOihw(list.weight(call, 'kernel') as HostTensor))
  const attributes = { ...windowOf(call), ...(groups > 1 && { group: { int: groups } }) }
  return list.node('Conv', [only(call), kernel, ...biasOf(list, call)], id, attributes)
}

/**
 * ConvTranspose: its pads cut pixels off whole windows, its output padding adds the pixels that no window reaches where the stride
 * is larger than the kernel.
 */
export const transposedConvolution: Emitter = (list, call) => {
  const { id, params } = call.node
  const { kernel, stride, padding, pads = [0, 0, 0, 0] } = params as unknown as Window
  const spare = [kernel[0] - stride[0], kernel[1] - stride[1]] as const
  const before = spare.map((pixels) => Math.floor(Math.max(pixels, 0) / 2))
  const after = spare.map((pixels, side) => Math.max(pixels, 0) - (before[side] as number))
  const cut = { same: [...before, ...after], valid: [0, 0, 0, 0], explicit: [pads[0], pads[2], pads[1], pads[3]] }
  const missing = spare.map((pixels) => (padding === 'explicit' ? 0 : Math.max(-pixels, 0)))
  const filter = list.constant(`${id}/kernel`, hwioToOihw(list.weight(call, 'kernel') as HostTensor))
  return list.node('ConvTranspose', [only(call), filter, ...biasOf(list, call)], id, {
    kernel_shape: { ints: kernel },
    strides: { ints: stride },
    pads: { ints: cut[padding] },
    output_padding: { ints: missing },
  })
}

function biasOf(list: OperatorList, call: LayerCall): string[] {
  const bias = list.weight(call, 'bias')
  return bias ? [list.constant(`${call.node.id}/bias`, bias)] : []
}

function windowOf({ node, facts }: LayerCall) {
  return windowAttributes(node.params as unknown as Window, facts.inputs[0] as Shape)
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
