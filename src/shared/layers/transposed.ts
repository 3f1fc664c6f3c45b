import { commonDivisor, reachOf, statedPadding, type Around, type Window } from './geometry.js'
import { MOST_READS, type Read, type Reading } from './reading.js'
import type { Misfit } from './shapes.js'

/** How the windows lie that the pixels of an image become: `stride` is their distance, `pads` what is cut off all of them. */
export interface Spread extends Window {
  readonly dilation: readonly [number, number]
  /** With `explicit`: pixels that are given back below and to the right. */
  readonly output_padding: readonly [number, number]
}

/**
 * Pixels to cut off whole windows before and after; below 0: pixels to add. `same` cuts off what windows are larger than their
 * stride, the odd one after; `valid` and `same` fill up to the stride where windows are smaller.
 */
export function cutAlong(spread: Spread, side: 0 | 1): Around {
  const spare = reachOf(spread, side) - spread.stride[side]
  if (spread.padding === 'explicit') {
    const [before, after] = statedPadding(spread, side) as Around
    return [before, after - spread.output_padding[side]]
  }
  if (spare < 0) return [0, spare]
  return spread.padding === 'valid' ? [0, 0] : [Math.floor(spare / 2), spare - Math.floor(spare / 2)]
}

/** Height or width that comes out (Dumoulin and Visin 2016, relationship 14); PyTorch's and Keras' formulas are cases of it. */
export function spreadAlong(size: number | null | undefined, spread: Spread, side: 0 | 1): number | null {
  if (typeof size !== 'number') return null
  const [before, after] = cutAlong(spread, side)
  return (size - 1) * spread.stride[side] + reachOf(spread, side) - before - after
}

/** Rows and columns at the end that are a stride or more away: zeros, which no convolution of this stride leaves over. */
export function beyondStride(spread: Spread): readonly [rows: number, columns: number] {
  const along = (side: 0 | 1) => Math.max(0, -cutAlong(spread, side)[1] - (spread.stride[side] - 1))
  return [along(0), along(1)]
}

/** Why no more pixels can be given back: PyTorch's rule for `output_padding` of `nn.ConvTranspose2d`. */
export function outputPaddingMisfit({ padding, output_padding, stride, dilation }: Spread): Misfit | undefined {
  const side = ([0, 1] as const).find((at) => output_padding[at] >= Math.max(stride[at], dilation[at]))
  if (padding !== 'explicit' || side === undefined) return undefined
  const most = Math.max(stride[side], dilation[side]) - 1
  return {
    code: 'shape/padding',
    message: `Output padding of ${output_padding[side]} px is not below the stride of ${stride[side]} or the dilation of ${dilation[side]}.`,
    hint: `Give back at most ${most} px here, or put a zero padding layer behind it.`,
  }
}

/**
 * Which rows of its input each row is made of. Row y gets tap t of input row (y + cut - t dilation) / stride, where that is a
 * whole number: the same again every stride rows, one row of the input further. `undefined` for strides above `MOST_READS`.
 */
export function spreadReading(spread: Spread, side: 0 | 1): Reading | undefined {
  const [stride, kernel, dilation] = [spread.stride[side], spread.kernel[side], spread.dilation[side]]
  if (stride > MOST_READS) return undefined
  const [before] = cutAlong(spread, side)
  // Taps that meet the same rows lie `every` apart, and the input rows that they take `gap`.
  const every = stride / commonDivisor(stride, dilation)
  const gap = (every * dilation) / stride
  const reads = new Array<Read>(stride).fill({ from: 0, count: 0, gap: 1 })
  for (let tap = 0; tap < Math.min(kernel, every); tap++) {
    const shift = tap * dilation - before
    const y = ((shift % stride) + stride) % stride
    const count = Math.floor((kernel - 1 - tap) / every) + 1
    reads[y] = { from: (y - shift) / stride - (count - 1) * gap, count, gap }
  }
  return { step: 1, reads }
}
