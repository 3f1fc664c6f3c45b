import { type BlockedConv, blockedConv, outOfBlocks } from '../../onnx/blocked.js'
import type { Emitter, Operand } from '../../onnx/emitter.js'
import { inLayout } from '../../onnx/layout.js'

/**
 * The image as a blocked convolution reads it; undefined if it cannot. Images of fewer channels than a block stay NCHW, other
 * channels are filled up with zeros to whole blocks.
 */
export function convImage(e: Emitter, x: Operand): string | undefined {
  const channels = x.shape[3] as number
  if (channels < e.block) return inLayout(e, x, 'image')
  return channels % 4 === 0 ? inLayout(e, x, 'blocked') : undefined
}

/** A convolution whose result lies as `out` says; bias and result are filled up to whole blocks and cut again. */
export function convolved(e: Emitter, x: string, filter: string, out: Operand, conv: BlockedConv): string {
  const channels = out.shape[3] as number
  const whole = upToBlocks(e, channels)
  const bias = conv.bias && whole > channels ? zeroPadded(e, conv.bias, [whole - channels]) : conv.bias
  const made = blockedConv(e, x, filter, { ...conv, ...(bias !== undefined && { bias }) })
  return out.layout === 'blocked' ? made : outOfBlocks(e, made, channels)
}

/** A filter [height, width, in, out] as a blocked convolution reads it: [out / block, in / block, height, width, in, out]. */
export function arranged(e: Emitter, filter: Operand): string {
  const { block } = e
  const name = inLayout(e, filter, 'plain')
  return e.once(`arranged ${name}`, () => {
    const { taps, inside, filters, whole } = filled(e, name, filter.shape)
    const size = [filters, inside, ...filter.shape.slice(0, 2)]
    if (inside < block) {
      const cells = e.reshape(whole, [taps, inside, filters / block, block])
      return e.reshape(e.transpose(cells, [2, 1, 0, 3]), size)
    }
    const cells = e.reshape(whole, [taps, inside / block, block, filters / block, block])
    return e.reshape(e.transpose(cells, [3, 1, 0, 2, 4]), size)
  })
}

/** Taps of a kernel: from the first, a step apart, so many, down and across. */
export interface Taps {
  readonly from: readonly [number, number]
  readonly step: readonly [number, number]
  readonly count: readonly [number, number]
}

/**
 * The filter that takes dy back to the image at stride 1: turned by 180 degrees, in and out exchanged. Its result has the
 * channels of the image.
 */
export function turnedAround(e: Emitter, filter: Operand): string {
  return turnedTaps(e, filter, allTaps(filter.shape as [number, number]))
}

/** All taps of a kernel. */
export function allTaps([height, width]: readonly [number, number]): Taps {
  return { from: [0, 0], step: [1, 1], count: [height, width] }
}

/** The same with some of the taps only. */
export function turnedTaps(e: Emitter, filter: Operand, taps: Taps): string {
  const { from, step, count } = taps
  const { block } = e
  const [, , channels, filters] = filter.shape as [number, number, number, number]
  const [inside, outside] = [filters < block ? filters : upToBlocks(e, filters), upToBlocks(e, channels)]
  const inner = inside < block ? [inside, block] : [inside / block, block * block]
  const cells = exchangedBlocks(e, filter, inside, outside)
  return e.once(`turned ${cells} ${from} ${step} ${count}`, () => {
    const alone = filter.shape[0] === 1 && filter.shape[1] === 1
    const turned = alone ? cells : e.node('Slice', [cells, ...backwards(e, taps)])
    const lines = e.reshape(turned, [count[0] * count[1], outside / block, ...inner])
    return e.reshape(e.transpose(lines, [1, 2, 0, 3]), [outside, inside, ...count])
  })
}

/** A filter filled up to [inside, outside] channels as [height, width, in / block, out, in]: out in blocks too if it has them. */
function exchangedBlocks(e: Emitter, filter: Operand, inside: number, outside: number): string {
  const { block } = e
  const [height, width, channels, filters] = filter.shape as [number, number, number, number]
  const name = inLayout(e, filter, 'plain')
  return e.once(`exchanged ${name}`, () => {
    const flat = e.reshape(name, [height * width, channels, filters])
    const whole = zeroPadded(e, flat, [0, outside - channels, inside - filters])
    // The blocking operator exchanges the last two axes faster than a transposition does.
    const lines = e.reshape(whole, [height * width * (outside / block), block, 1, inside])
    return e.reshape(e.node('ReorderInput', [lines], {}, 'com.microsoft.nchwc'), [height, width, -1])
  })
}

/** A depthwise filter [height, width, 1, channels] as a blocked convolution reads it. */
export function arrangedDepthwise(e: Emitter, filter: Operand): string {
  const [height, width, , channels] = filter.shape as [number, number, number, number]
  const name = inLayout(e, filter, 'plain')
  return e.once(`arranged depthwise ${name}`, () => depthwiseCells(e, name, [height, width], channels))
}

/** The depthwise filter that takes dy back to the image at stride 1, with some of the taps: turned by 180 degrees. */
export function turnedDepthwise(e: Emitter, filter: Operand, taps: Taps): string {
  const [height, width, , channels] = filter.shape as [number, number, number, number]
  const name = e.reshape(inLayout(e, filter, 'plain'), [height, width, channels])
  return e.once(`turned depthwise ${name} ${taps.from} ${taps.step} ${taps.count}`, () => {
    return depthwiseCells(e, e.node('Slice', [name, ...backwards(e, taps)]), taps.count, channels)
  })
}

/** [places, channels] to blocks of channels. */
function depthwiseCells(e: Emitter, name: string, size: readonly [number, number], channels: number): string {
  const cells = e.reshape(name, [size[0] * size[1], channels / e.block, e.block])
  return e.reshape(e.transpose(cells, [1, 0, 2]), [channels, 1, ...size])
}

/** The range of a slice over the first two axes from the last of some taps to the first. */
function backwards(e: Emitter, { from, step, count }: Taps): string[] {
  const last = [0, 1].map((side) => from[side]! + (count[side]! - 1) * step[side]!)
  const ends = [0, 1].map((side) => (from[side]! - step[side]! < 0 ? -100000 : from[side]! - step[side]!))
  return [last, ends, [0, 1], step.map((by) => -by)].map((values) => e.ints(values))
}

/** The next whole number of blocks. */
export function upToBlocks({ block }: Emitter, channels: number): number {
  return Math.ceil(channels / block) * block
}

/** The filter as [taps, in, out] with channels and filters filled up; fewer channels than a block stay as they are. */
function filled(e: Emitter, name: string, [height = 1, width = 1, channels = 1, filters = 1]: readonly number[]) {
  const taps = height * width
  const inside = channels < e.block ? channels : upToBlocks(e, channels)
  const outside = upToBlocks(e, filters)
  const whole = zeroPadded(e, e.reshape(name, [taps, channels, filters]), [0, inside - channels, outside - filters])
  return { taps, inside, filters: outside, whole }
}

/** Zeros behind each axis. */
function zeroPadded(e: Emitter, name: string, more: readonly number[]): string {
  if (more.every((count) => count === 0)) return name
  return e.node('Pad', [name, e.ints([...more.map(() => 0), ...more])])
}
