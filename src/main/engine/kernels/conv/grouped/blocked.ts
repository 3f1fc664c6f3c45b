import { type BlockedConv, blockedConv, fillsBlocks } from '../../../onnx/blocked.js'
import type { Emitter, Operand } from '../../../onnx/emitter.js'
import { inLayout } from '../../../onnx/layout.js'
import { overBatch } from '../../norm/channels.js'
import { allTaps, arrangedDepthwise, turnedDepthwise } from '../blocked.js'
import { byPhases } from '../phases.js'
import { blockedWindow } from '../window.js'
import type { Grouped } from './products.js'

/** Whether it is depthwise with one filter for each channel, in whole blocks: what blocked convolutions know of groups. */
export function isBlockedDepthwise(e: Emitter, { groups, filter }: Grouped): boolean {
  return groups > 1 && filter[2] === 1 && filter[3] === groups && fillsBlocks(e, groups)
}

/** The depthwise convolution of blocked images, with a bias and an activation if asked for. */
export function depthwise(
  e: Emitter,
  x: Operand,
  filter: Operand,
  { groups, window }: Grouped,
  more: Pick<BlockedConv, 'bias' | 'activation'> = {},
): string {
  const conv = { ...blockedWindow(window), groups, ...more }
  return blockedConv(e, inLayout(e, x, 'blocked'), arrangedDepthwise(e, filter), conv)
}

/** The gradient of its image: a depthwise convolution with the turned filter, at larger strides one for each phase. */
export function depthwiseBack(
  e: Emitter,
  dy: Operand,
  filter: Operand,
  { groups, window }: Grouped,
  out: Operand,
): string | undefined {
  const { kernel, stride, dilation, pad } = window
  if (stride[0] * stride[1] > 1) {
    if (dilation[0] * dilation[1] > 1) return undefined
    return byPhases(e, dy, out, window, { filterOf: (taps) => turnedDepthwise(e, filter, taps), groups })
  }
  const reach = [(kernel[0] - 1) * dilation[0], (kernel[1] - 1) * dilation[1]] as const
  const pads = [reach[0] - pad.top, reach[1] - pad.left, reach[0] - pad.bottom, reach[1] - pad.right]
  const slopes = inLayout(e, dy, 'blocked')
  return blockedConv(e, slopes, turnedDepthwise(e, filter, allTaps(kernel)), { kernel, dilation, pads, groups })
}

/**
 * The gradient of its filter, [height, width, 1, channels]: every channel of every image is a depthwise convolution of its own,
 * with dy as the filter; strides and dilations change places. Undefined where the last window ends before the padded image.
 */
export function depthwiseFilter(e: Emitter, x: Operand, dy: Operand, { groups, window }: Grouped): string | undefined {
  const [batch, ...sides] = x.shape as [number, number, number, number]
  const { kernel, stride, dilation, pad, out } = window
  const ends = [0, 1].map((side) => {
    const starts = side === 0 ? pad.top : pad.left
    return (kernel[side]! - 1) * dilation[side]! + (out[side]! - 1) * stride[side]! + 1 - sides[side]! - starts
  }) as [number, number]
  if (ends.some((end) => end < 0)) return undefined
  const lines = batch * groups
  const image = e.reshape(inLayout(e, x, 'blocked'), [1, lines, sides[0], sides[1]])
  const slopes = e.reshape(inLayout(e, dy, 'blocked'), [lines, 1, ...out])
  const pads = [pad.top, pad.left, ...ends]
  const made = blockedConv(e, image, slopes, { kernel: out, stride: dilation, dilation: stride, pads, groups: lines })
  const taps = kernel[0] * kernel[1]
  const sums = overBatch(e, 'ReduceSum', e.reshape(made, [batch, groups * taps, 1, 1]))
  const cells = e.reshape(sums, [groups / e.block, taps, e.block])
  return e.reshape(e.transpose(cells, [1, 0, 2]), [...kernel, 1, groups])
}
