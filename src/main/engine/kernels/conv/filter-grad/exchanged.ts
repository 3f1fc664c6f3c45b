import { blockedConv, intoBlocks } from '../../../onnx/blocked.js'
import type { Emitter, Operand } from '../../../onnx/emitter.js'
import { inLayout } from '../../../onnx/layout.js'
import { upToBlocks } from '../blocked.js'
import type { Window } from '../window.js'
import { canBeStrips, FILTER_BLOCKS, fillingStrips, fitsCache, readByStrips, type Strips, stripsOf } from './strips.js'

/**
 * The filter's gradient as one blocked convolution in which the batch takes the place of the channels.
 *
 * The gradient of tap (i, j) from channel c to filter f is the sum, over images and places, of dy at filter f times the image
 * at channel c moved by (i, j). So it is what a convolution makes of an image with one channel per picture of the batch, and
 * of a kernel as large as dy that moves by (i, j). Put the channels beside each other within a row, at column * channels + c,
 * and let the kernel skip as many: then a row of the result holds all (j, c), long enough to keep the processor busy.
 */
export function byExchange(e: Emitter, x: Operand, dy: Operand, window: Window): string {
  const { kernel, stride, pad, out } = window
  const [, height, width, channels] = x.shape as [number, number, number, number]
  const filters = dy.shape[3] as number
  const { name, pictures, beside } = besideEachOther(e, x)
  // Where the last window ends before the image does, the result has rows and columns too many.
  const below = kernel[0] + (out[0] - 1) * stride[0] - height - pad.top
  const after = kernel[1] + (out[1] - 1) * stride[1] - width - pad.left
  const strips = stripsOf(e, dy, window)
  const read = strips.count === 1 ? '' : `${strips.count} ${strips.rows} ${kernel[0]} ${stride[0]} ${pad.top}`
  const image = e.once(`exchanged ${name} ${pad.left} ${after} ${read}`, () => {
    const rows = widened(e, name, rowsOf(x, pictures, beside), [pad.left * beside, after * beside])
    return strips.count === 1
      ? intoBlocks(e, rows.name)
      : readByStrips(e, intoBlocks(e, rows.name), rows.shape, strips, window)
  })
  const rows = kernel[0] + (strips.count === 1 ? Math.max(0, -below) : 0)
  const columns = kernel[1] + Math.max(0, -after)
  const parts = strips.count * pictures * Math.ceil(filters / e.block / FILTER_BLOCKS) * rows
  const groups = strips.count * groupsOf(e, x, parts)
  const made = blockedConv(e, image, kernelOf(e, dy, groups, strips), {
    kernel: [strips.rows, out[1]],
    dilation: [stride[0], stride[1] * beside],
    pads: strips.count === 1 ? [pad.top, 0, Math.max(0, below), 0] : [0, 0, 0, 0],
    groups,
  })
  const whole = gathered(e, made, [pictures, groups, upToBlocks(e, filters) / e.block, rows * columns, beside, e.block])
  const size = [rows, columns, pictures * beside, upToBlocks(e, filters)]
  return cut(e, e.reshape(whole, size), size, [...kernel, channels, filters])
}

/**
 * Whether it can be computed so, and is worth it: pictures must fill blocks for the most part. Measured on shapes of ResNets and
 * GoogLeNet: half the time of a product for each tap at 32 px and below, three quarters at 56 px, a sixth in the first layer of a net
 * for 224 px. Large images whose batch cannot be cut into strips are left to the other ways, unless those had to pick single columns.
 */
export function isExchanged(e: Emitter, x: Operand, dy: Operand, { kernel, stride, dilation }: Window): boolean {
  const [batch, , , channels] = x.shape as [number, number, number, number]
  const filters = dy.shape[3] as number
  return (
    kernel[0] * kernel[1] > 1 &&
    dilation[0] * dilation[1] === 1 &&
    batch % 4 === 0 &&
    batch / upToBlocks(e, batch) > 0.7 &&
    filters % 4 === 0 &&
    (channels < e.block || channels % 4 === 0) &&
    (channels < e.block || stride[1] > 1 || canBeStrips(e, dy) || fitsCache(e, dy))
  )
}

/** Parts of the library's work that keep a processor busy. */
const PARTS = 8

/** In so many parts the batch is summed up, each a group of the convolution: it is computed in parallel by result rows only. */
function groupsOf(e: Emitter, x: Operand, parts: number): number {
  const blocks = upToBlocks(e, x.shape[0] as number) / e.block
  let groups = 1
  while (parts * groups < PARTS && blocks % (2 * groups) === 0) groups *= 2
  return groups
}

/** Rows with the channels of a column beside each other, and how many there are: [pictures, batch, height, width * beside]. */
function besideEachOther(e: Emitter, x: Operand) {
  const [batch, height, width, channels] = x.shape as [number, number, number, number]
  if (channels < e.block) return { name: inLayout(e, x, 'plain'), pictures: 1, beside: channels }
  const pictures = upToBlocks(e, channels) / e.block
  const cells = e.reshape(inLayout(e, x, 'blocked'), [batch, pictures, height * width * e.block])
  return { name: pictures === 1 ? cells : e.transpose(cells, [1, 0, 2]), pictures, beside: e.block }
}

function rowsOf({ shape }: Operand, pictures: number, beside: number): number[] {
  const [batch, height, width] = shape as [number, number, number]
  return [pictures, batch, height, width * beside]
}

/** Zeros before and after each row: those that the library would add are slow. */
function widened(e: Emitter, name: string, shape: readonly number[], [before, after]: readonly [number, number]) {
  const rows = e.reshape(name, shape)
  const lines = shape.slice(0, 3)
  const zeros = (count: number) => (count > 0 ? [e.zeros([...lines, count])] : [])
  const parts = [...zeros(before), rows, ...zeros(after)]
  return {
    name: parts.length === 1 ? rows : e.node('Concat', parts, { axis: { int: 3 } }),
    shape: [...lines, (shape[3] as number) + before + Math.max(0, after)],
  }
}

/** dy as a filter from batch to filters, one for each group: [groups, filters, batch, places] with the last but one in blocks. */
function kernelOf(e: Emitter, dy: Operand, groups: number, strips: Strips): string {
  const [batch, height, width, filters] = dy.shape as [number, number, number, number]
  const blocks = upToBlocks(e, filters) / e.block
  const full = upToBlocks(e, batch)
  const perStrip = groups / strips.count
  const all = [full, blocks * e.block, height, width]
  const name = filledUp(e, inLayout(e, dy, 'blocked'), [full - batch, ...all.slice(1)])
  const places = strips.rows * width
  const shape = [perStrip, full / perStrip / e.block, e.block, blocks, strips.count, places, e.block]
  const cells = e.transpose(e.reshape(fillingStrips(e, name, all, strips), shape), [4, 0, 3, 1, 5, 2, 6])
  return e.reshape(cells, [groups * blocks * e.block, full / perStrip, strips.rows, width])
}

/** Zeros behind the first axis. */
function filledUp(e: Emitter, name: string, size: readonly number[]): string {
  if (size[0] === 0) return name
  return e.once(`filled ${name}`, () => e.node('Concat', [name, e.zeros(size)], { axis: { int: 0 } }))
}

/** [pictures, groups, filter blocks, taps, channels, filters] to [taps, pictures, channels, filter blocks, filters]. */
function gathered(e: Emitter, made: string, shape: readonly number[]): string {
  const [pictures, groups, blocks, taps, beside, block] = shape as [number, number, number, number, number, number]
  const each = e.reshape(made, [pictures, groups, blocks * taps * beside * block])
  const sum = groups === 1 ? each : e.node('ReduceSum', [each, e.ints([1])], { keepdims: { int: 0 } })
  return e.transpose(e.reshape(sum, [pictures, blocks, taps, beside, block]), [2, 0, 3, 1, 4])
}

/** The beginning of each axis. */
function cut(e: Emitter, name: string, from: readonly number[], to: readonly number[]): string {
  const axes = to.flatMap((size, axis) => (size < (from[axis] as number) ? [axis] : []))
  if (axes.length === 0) return name
  const range = [axes.map(() => 0), axes.map((axis) => to[axis] as number), axes].map((values) => e.ints(values))
  return e.node('Slice', [name, ...range])
}
