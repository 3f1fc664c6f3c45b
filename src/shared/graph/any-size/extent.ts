import { commonDivisor, reachOf, statedPadding, type Window } from '../../layers/geometry.js'

/**
 * A height or width as a function of the image's: `times floor((x + offset) / divisor) + more`. Windows over windows stay of this
 * form, since floors of floors are one floor, and so do layers that enlarge. Example: two 3x3 convolutions with stride 2 and padding
 * same make `floor((x + 3) / 4)`, a quarter rounded up; pixels repeated behind them `2 floor((x + 3) / 4)`. There is one way to write a
 * function: with `times` 1 `more` is 0, else `offset` is at least 0 and below `divisor`.
 */
export interface Extent {
  readonly times: number
  readonly offset: number
  readonly divisor: number
  readonly more: number
}

/** The image's own extent. */
export const WHOLE: Extent = { times: 1, offset: 0, divisor: 1, more: 0 }

/** The extent in an image of a size. */
export function extentAt({ times, offset, divisor, more }: Extent, size: number): number {
  return times * Math.floor((size + offset) / divisor) + more
}

/** The smallest image whose extent is at least `count`. */
export function smallestFor({ times, offset, divisor, more }: Extent, count: number): number {
  return divisor * Math.ceil((count - more) / times) - offset
}

/** Whether two extents are equal at every size. */
export function isSameExtent(a: Extent, b: Extent): boolean {
  return a.times === b.times && a.offset === b.offset && a.divisor === b.divisor && a.more === b.more
}

/** The extent after a window; `undefined` where it is not of this form, or too large for numbers. */
export function slide(extent: Extent, window: Window, side: 0 | 1): Extent | undefined {
  const [reach, stride] = [reachOf(window, side), window.stride[side]]
  const spare = moreOf(window, side, reach, stride)
  if (spare === undefined) return undefined
  const { times, offset, divisor } = extent
  const more = extent.more + spare
  // Of steps of `times` pixels a stride takes whole ones, or is whole steps itself.
  if (times % stride === 0) return written(times / stride, offset, divisor, Math.floor(more / stride))
  if (stride % times > 0) return undefined
  return written(1, offset + divisor * Math.floor(more / times), divisor * (stride / times), 0)
}

/** The extent of an image made `times` as large, and then by `more` pixels; `undefined` where that is too large for numbers. */
export function enlarge(extent: Extent, times: number, more: number): Extent | undefined {
  return written(extent.times * times, extent.offset, extent.divisor, extent.more * times + more)
}

function written(times: number, offset: number, divisor: number, more: number): Extent | undefined {
  const shift = Math.floor(offset / divisor)
  const made =
    times === 1
      ? { times, offset: offset + divisor * more, divisor, more: 0 }
      : { times, offset: offset - divisor * shift, divisor, more: more + times * shift }
  return Object.values(made).every(Number.isSafeInteger) ? made : undefined
}

/** What stands beside the size: the windows are `floor((size + more) / stride)`. */
function moreOf(window: Window, side: 0 | 1, reach: number, stride: number): number | undefined {
  const stated = statedPadding(window, side)
  if (!stated) return stride - 1
  const [before, after] = stated
  const more = before + after - reach + stride
  if (!window.ceil) return more
  // Rounded up, a last window is left out that would begin behind the image: then there is no one form.
  return after + stride - 1 < reach ? more + stride - 1 : undefined
}

/** The smallest size before a window at which it makes one pixel, and, for stride above 1, the sizes that leave nothing over. */
export function demandsOf(window: Window, side: 0 | 1) {
  const [reach, stride] = [reachOf(window, side), window.stride[side]]
  const stated = statedPadding(window, side)
  const [before, after] = stated ?? [0, 0]
  const least = stated ? Math.max(1, reach - before - after) : 1
  return { least, stride, remainder: stated ? mod(reach - before - after, stride) : 0 }
}

/** The remainder, never negative. */
export function mod(value: number, by: number): number {
  return ((value % by) + by) % by
}

/**
 * An extent as people write it, of a letter for the image's: `H/4` where only rounding is left out, `H−2`, `(H−43)/32`, `2H`.
 * `exact` shows the rounding: `⌈H/4⌉`, `⌊H/2⌋`, `2⌊H/4⌋`.
 */
export function extentText({ times, offset, divisor, more }: Extent, letter: string, exact = false): string {
  const shift = Math.floor(offset / divisor)
  const rest = offset - shift * divisor
  const isUp = rest === divisor - 1
  const isPlain = isUp || rest === 0
  // What stands within the fraction, and what behind it.
  const [within, behind] = isPlain ? [letter, times * shift + more] : [`(${letter}${signed(offset)})`, more]
  if (exact && divisor > 1) {
    const [open, close] = isPlain && isUp ? '⌈⌉' : '⌊⌋'
    return `${factorText(times)}${open}${within}/${divisor}${close}${signed(behind)}`
  }
  const common = commonDivisor(times, divisor)
  const [above, below] = [times / common, divisor / common]
  if (below > 1) return `${factorText(above)}${within}/${below}${signed(behind)}`
  return `${factorText(above)}${letter}${signed(isPlain ? behind : above * offset + more)}`
}

function factorText(factor: number): string {
  return factor === 1 ? '' : `${factor}`
}

function signed(value: number): string {
  return value === 0 ? '' : value > 0 ? `+${value}` : `−${-value}`
}
