import { reachOf, statedPadding, type Window } from '../../layers/geometry.js'

/**
 * A height or width as a function of the image's: `floor((x + offset) / divisor)`. Windows over windows stay of this form,
 * since floors of floors are one floor. Example: two 3x3 convolutions with stride 2 and padding same make
 * `floor((x + 3) / 4)`, a quarter rounded up.
 */
export interface Extent {
  readonly offset: number
  readonly divisor: number
}

/** The image's own extent. */
export const WHOLE: Extent = { offset: 0, divisor: 1 }

/** The extent in an image of a size. */
export function extentAt({ offset, divisor }: Extent, size: number): number {
  return Math.floor((size + offset) / divisor)
}

/** The smallest image whose extent is at least `count`. */
export function smallestFor({ offset, divisor }: Extent, count: number): number {
  return divisor * count - offset
}

/** The extent after a window; `undefined` where it is not of this form, or too large for numbers. */
export function slide({ offset, divisor }: Extent, window: Window, side: 0 | 1): Extent | undefined {
  const [reach, stride] = [reachOf(window, side), window.stride[side]]
  const more = moreOf(window, side, reach, stride)
  if (more === undefined) return undefined
  const result = { offset: offset + divisor * more, divisor: divisor * stride }
  return Number.isSafeInteger(result.offset) && Number.isSafeInteger(result.divisor) ? result : undefined
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
 * An extent as people write it, of a letter for the image's: `H/4` where only rounding is left out, `H−2`, `(H−43)/32`.
 * `exact` shows the rounding: `⌈H/4⌉`, `⌊H/2⌋`.
 */
export function extentText({ offset, divisor }: Extent, letter: string, exact = false): string {
  const shift = Math.floor(offset / divisor)
  const rest = offset - shift * divisor
  if (divisor === 1) return `${letter}${signed(shift)}`
  const up = rest === divisor - 1
  if (up || rest === 0) {
    const [open, close] = exact ? (up ? ['⌈', '⌉'] : ['⌊', '⌋']) : ['', '']
    return `${open}${letter}/${divisor}${close}${signed(shift)}`
  }
  const fraction = `(${letter}${signed(offset)})/${divisor}`
  return exact ? `⌊${fraction}⌋` : fraction
}

function signed(value: number): string {
  return value === 0 ? '' : value > 0 ? `+${value}` : `−${-value}`
}
