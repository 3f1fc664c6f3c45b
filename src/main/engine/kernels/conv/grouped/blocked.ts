import { blockedConv, fillsBlocks } from '../../../onnx/blocked.js'
import type { Emitter, Operand } from '../../../onnx/emitter.js'
import { inLayout } from '../../../onnx/layout.js'
import { overBatch } from '../../norm/channels.js'
import { arrangedDepthwise } from '../blocked.js'
import { blockedWindow } from '../window.js'
import type { Grouped } from './products.js'

/** Whether it is depthwise with one filter for each channel, in whole blocks: what blocked convolutions know of groups. */
export function isBlockedDepthwise(e: Emitter, { groups, filter }: Grouped): boolean {
  return groups > 1 && filter[2] === 1 && filter[3] === groups && fillsBlocks(e, groups)
}

/** The depthwise convolution of blocked images. */
export function depthwise(e: Emitter, x: Operand, filter: Operand, { groups, window }: Grouped): string {
  return blockedConv(e, inLayout(e, x, 'blocked'), arrangedDepthwise(e, filter), { ...blockedWindow(window), groups })
}

/** The gradient of its image at stride 1: a depthwise convolution with the turned filter. */
export function depthwiseBack(e: Emitter, dy: Operand, filter: Operand, { groups, window }: Grouped): string {
  const { kernel, dilation, pad } = window
  const reach = [(kernel[0] - 1) * dilation[0], (kernel[1] - 1) * dilation[1]] as const
  const pads = [reach[0] - pad.top, reach[1] - pad.left, reach[0] - pad.bottom, reach[1] - pad.right]
  const slopes = inLayout(e, dy, 'blocked')
  return blockedConv(e, slopes, arrangedDepthwise(e, filter, true), { kernel, dilation, pads, groups })
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
  const cells = e.reshape(overBatch(e, e.reshape(made, [batch, groups * taps])), [groups / e.block, taps, e.block])
  return e.reshape(e.transpose(cells, [1, 0, 2]), [...kernel, 1, groups])
}
