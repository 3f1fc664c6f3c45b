import type { Window } from '../../../shared/layers/geometry.js'
import { channelsOf, type Shape } from '../../../shared/layers/shapes.js'
import { beyondStride, cutAlong, type Spread } from '../../../shared/layers/transposed.js'
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
 * is larger than the kernel, or that are asked for.
 */
export const transposedConvolution: Emitter = (list, call) => {
  const { id, params } = call.node
  const spread = params as unknown as Spread & { readonly filters: number; readonly groups: number }
  const { kernel, stride, dilation, groups } = spread
  const cuts = [cutAlong(spread, 0), cutAlong(spread, 1)] as const
  const filter = list.constant(`${id}/kernel`, hwioToOihw(list.weight(call, 'kernel') as HostTensor))
  const beyond = beyondStride(spread)
  const attributes = {
    kernel_shape: { ints: kernel },
    strides: { ints: stride },
    dilations: { ints: dilation },
    pads: { ints: [...cuts.map(([before]) => before), ...cuts.map(([, after]) => Math.max(0, after))] },
    output_padding: { ints: cuts.map(([, after], side) => Math.max(0, -after) - (beyond[side] as number)) },
    group: { int: groups },
  }
  if (beyond.every((pixels) => pixels === 0)) {
    return list.node('ConvTranspose', [only(call), filter, ...biasOf(list, call)], id, attributes)
  }
  // ONNX Runtime takes no output padding of a stride or more: zeros behind it, which get the bias as well.
  const bias = list.weight(call, 'bias')
  const made = list.node('ConvTranspose', [only(call), filter], `${id}:windows`, attributes)
  const pads = [made, list.sizes(`${id}:pads`, [0, 0, 0, 0, 0, 0, ...beyond])]
  if (!bias) return list.node('Pad', pads, id)
  const offset = list.constant(`${id}/bias`, { shape: [1, spread.filters, 1, 1], data: bias.data })
  return list.node('Add', [list.node('Pad', pads, `${id}:padded`), offset], id)
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
