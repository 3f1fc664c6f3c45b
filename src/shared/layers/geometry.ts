import type { Sides } from './fields.js'
import { channelsOf, isImage, shapeText, type Misfit, type Shape } from './shapes.js'

/** A window that slides over height and width. */
export interface Window {
  readonly kernel: readonly [number, number]
  readonly stride: readonly [number, number]
  /** TensorFlow's `same` and `valid`, or `explicit`: as `pads` says. */
  readonly padding: 'same' | 'valid' | 'explicit'
  readonly pads?: Sides
  /** Distance in px of the values that a window takes; left out: 1, without gaps. */
  readonly dilation?: readonly [number, number]
  /** Whether a last window may reach over the end of the image where pixels would be left over; no meaning with `same`. */
  readonly ceil?: boolean
}

/** Pixels added before and after one side. */
export type Around = readonly [before: number, after: number]

/** The only (or first) input, weight or tensor of a list that has one; throws on an empty list, which is a bug. */
export function first<T>(items: readonly T[]): T {
  const item = items[0]
  if (item === undefined) throw new RangeError('Expected one input, got none.')
  return item
}

/** The largest number that divides both. */
export function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}

/** A mutable copy of a pair, as tfjs wants it. */
export function pair(value: readonly [number, number]): [number, number] {
  return [value[0], value[1]]
}

/** `3x3, same`; `3x3 / 2` and `3x3 / 2x1` if the window steps further than one pixel; `dilated 2` if it has gaps. */
export function windowText(window: Window): string {
  const { kernel, stride, dilation = [1, 1] } = window
  const text = ([a, b]: readonly [number, number]) => (a === b ? `${a}` : `${a}x${b}`)
  const [step, gaps] = [text(stride), text(dilation)]
  const dilated = gaps === '1' ? '' : `, dilated ${gaps}`
  return `${kernel[0]}x${kernel[1]}${step === '1' ? '' : ` / ${step}`}, ${paddingText(window)}${dilated}`
}

/** `same`, `valid`, `padded 1` or `padded 0 1 2 1` (top, bottom, left, right); `up` if the count of windows is rounded up. */
function paddingText({ padding, pads, ceil }: Window): string {
  if (padding === 'same') return padding
  const sides =
    padding === 'explicit' && pads ? `padded ${new Set(pads).size === 1 ? pads[0] : pads.join(' ')}` : 'valid'
  return ceil ? `${sides}, up` : sides
}

/** Why a layer that works on images does not take this shape; `undefined` if it does. */
export function needImage(title: string, x: Shape): Misfit | undefined {
  if (isImage(x)) return undefined
  return {
    code: 'shape/rank',
    message: `${title} gets a vector of ${shapeText(x)} units, but works on images.`,
    hint: 'Move it in front of the flatten, global pooling or dense layer that makes the vector.',
    input: 0,
  }
}

/** An image whose channels fall into equal groups, as it is; or why it does not fit. */
export function inEqualGroups(title: string, x: Shape, groups: number): Shape | Misfit {
  const misfit = needImage(title, x)
  if (misfit || channelsOf(x) % groups === 0) return misfit ?? x
  return {
    code: 'shape/groups',
    message: `${channelsOf(x)} channels cannot be split into ${groups} equal groups.`,
    hint: `Use a number of groups that divides ${channelsOf(x)}.`,
    input: 0,
  }
}

/** Why a layer that works on vectors does not take this shape; `undefined` if it does. */
export function needVector(title: string, x: Shape): Misfit | undefined {
  if (x.length === 1) return undefined
  return {
    code: 'shape/rank',
    message: `${title} gets an image of ${shapeText(x)}, but works on vectors.`,
    hint: 'Insert global average pooling or flatten before it.',
    input: 0,
  }
}

/** Rows or columns from the first to the last value of a window: `(kernel - 1) * dilation + 1`. */
export function reachOf({ kernel, dilation = [1, 1] }: Pick<Window, 'kernel' | 'dilation'>, side: 0 | 1): number {
  return (kernel[side] - 1) * dilation[side] + 1
}

/**
 * Windows along one side, TensorFlow's rule: `same` gives ceil(size / stride), `valid` floor((size - kernel) / stride) + 1.
 * Example: 224 with kernel 7, stride 2 gives 112 (same) or 109 (valid).
 */
export function windowCount(size: number, kernel: number, stride: number, padding: 'same' | 'valid'): number {
  return padding === 'same' ? Math.ceil(size / stride) : Math.floor((size - kernel) / stride) + 1
}

/**
 * Rows or columns that `same` adds before and after, TensorFlow's rule: the odd one goes after.
 * Example: 224 with kernel 7, stride 2 gives [2, 3].
 */
export function samePadding(size: number, kernel: number, stride: number): Around {
  const total = Math.max((Math.ceil(size / stride) - 1) * stride + kernel - size, 0)
  return [Math.floor(total / 2), total - Math.floor(total / 2)]
}

/** Rows or columns that are added whatever the size: those of `pads`, none with `valid`, `undefined` with `same`. */
export function statedPadding({ padding, pads = [0, 0, 0, 0] }: Window, side: 0 | 1): Around | undefined {
  if (padding === 'same') return undefined
  if (padding === 'valid') return [0, 0]
  return side === 0 ? [pads[0], pads[1]] : [pads[2], pads[3]]
}

/** Windows along one side of an image; `null` where its size is open. */
export function countAlong(x: Shape, window: Window, side: 0 | 1): number | null {
  const size = x[side] as number | null
  return size === null ? null : countOf(window, side, size)
}

/**
 * Windows over `size` rows or columns. Rounded up as PyTorch does it: a last window that would begin beyond the image and the
 * padding in front of it is left out (torch.nn.MaxPool2d, `ceil_mode`).
 */
function countOf(window: Window, side: 0 | 1, size: number): number {
  const [reach, stride] = [reachOf(window, side), window.stride[side]]
  const stated = statedPadding(window, side)
  if (!stated) return windowCount(size, reach, stride, 'same')
  const [before, after] = stated
  const spare = size + before + after - reach
  if (!window.ceil) return Math.floor(spare / stride) + 1
  const steps = Math.ceil(spare / stride)
  return steps * stride >= size + before ? steps : steps + 1
}

/**
 * Rows or columns added before and after, those included that a last window reaches over the end: with them, rounding down
 * gives the right number of windows.
 */
export function paddingAlong(window: Window, side: 0 | 1, size: number): Around {
  const [reach, stride] = [reachOf(window, side), window.stride[side]]
  const stated = statedPadding(window, side)
  if (!stated) return samePadding(size, reach, stride)
  const [before, after] = stated
  const end = (countOf(window, side, size) - 1) * stride + reach
  return [before, Math.max(after, end - size - before)]
}

/** Shape after sliding a window over an image, with `channels` channels (as many as came in if left out). */
export function slideWindow(title: string, x: Shape, window: Window, channels = x[2] as number): Shape | Misfit {
  const misfit = needImage(title, x) ?? padsMisfit(window)
  if (misfit) return misfit
  const [height, width] = [countAlong(x, window, 0), countAlong(x, window, 1)]
  if ((height ?? 1) >= 1 && (width ?? 1) >= 1) return [height, width, channels]
  return {
    code: 'shape/too-small',
    message: `The ${reachText(window)} does not fit into the ${shapeText(x.slice(0, 2))} image.`,
    hint: 'Use padding same, a smaller kernel or a larger input, or fewer strides before this layer.',
    input: 0,
  }
}

/** Why a window cannot be padded that far: it would see nothing of the image at its border. */
export function padsMisfit(window: Window): Misfit | undefined {
  const { padding, pads = [0, 0, 0, 0] } = window
  const [rows, columns] = [reachOf(window, 0), reachOf(window, 1)]
  const [vertical, horizontal] = [Math.max(pads[0], pads[1]), Math.max(pads[2], pads[3])]
  if (padding !== 'explicit' || (vertical < rows && horizontal < columns)) return undefined
  const [most, side] = vertical >= rows ? [vertical, rows] : [horizontal, columns]
  return {
    code: 'shape/padding',
    message: `Padding of ${most} px hides the image from the ${reachText(window)}, which reaches ${side} px.`,
    hint: `Pad at most ${side - 1} px here, or put a zero padding layer in front.`,
  }
}

/** `3x3 window`, with `dilated to 5x5` if it has gaps. */
function reachText(window: Window): string {
  const { kernel } = window
  const [rows, columns] = [reachOf(window, 0), reachOf(window, 1)]
  const reach = rows * columns > kernel[0] * kernel[1] ? ` dilated to ${rows}x${columns}` : ''
  return `${kernel[0]}x${kernel[1]} window${reach}`
}
