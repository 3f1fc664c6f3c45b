import type { Misfit } from './define.js'
import { isImage, shapeText, type Shape } from './shapes.js'

/** A window that slides over height and width. */
export interface Window {
  readonly kernel: readonly [number, number]
  readonly stride: readonly [number, number]
  readonly padding: 'same' | 'valid'
  /** Distance in px of the values that a window takes; left out: 1, without gaps. */
  readonly dilation?: readonly [number, number]
}

/** Rows or columns from the first to the last value of a window: `(kernel - 1) * dilation + 1`. */
export function reachOf({ kernel, dilation = [1, 1] }: Pick<Window, 'kernel' | 'dilation'>, side: 0 | 1): number {
  return (kernel[side] - 1) * dilation[side] + 1
}

/** The only (or first) input, weight or tensor of a list that has one; throws on an empty list, which is a bug. */
export function first<T>(items: readonly T[]): T {
  const item = items[0]
  if (item === undefined) throw new RangeError('Expected one input, got none.')
  return item
}

/** A mutable copy of a pair, as tfjs wants it. */
export function pair(value: readonly [number, number]): [number, number] {
  return [value[0], value[1]]
}

/** `3x3, same`; `3x3 / 2` and `3x3 / 2x1` if the window steps further than one pixel; `dilated 2` if it has gaps. */
export function windowText({ kernel, stride, padding, dilation = [1, 1] }: Window): string {
  const text = ([a, b]: readonly [number, number]) => (a === b ? `${a}` : `${a}x${b}`)
  const [step, gaps] = [text(stride), text(dilation)]
  const dilated = gaps === '1' ? '' : `, dilated ${gaps}`
  return `${kernel[0]}x${kernel[1]}${step === '1' ? '' : ` / ${step}`}, ${padding}${dilated}`
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
export function samePadding(size: number, kernel: number, stride: number): readonly [before: number, after: number] {
  const total = Math.max((Math.ceil(size / stride) - 1) * stride + kernel - size, 0)
  return [Math.floor(total / 2), total - Math.floor(total / 2)]
}

/** Shape after sliding a window over an image, with `channels` channels (as many as came in if left out). */
export function slideWindow(title: string, x: Shape, window: Window, channels = x[2] as number): Shape | Misfit {
  const misfit = needImage(title, x)
  if (misfit) return misfit
  const height = countAlong(x, window, 0)
  const width = countAlong(x, window, 1)
  if ((height ?? 1) >= 1 && (width ?? 1) >= 1) return [height, width, channels]
  const [rows, columns] = [reachOf(window, 0), reachOf(window, 1)]
  const reach = rows * columns > window.kernel[0] * window.kernel[1] ? ` dilated to ${rows}x${columns}` : ''
  return {
    code: 'shape/too-small',
    message: `The ${window.kernel[0]}x${window.kernel[1]} window${reach} does not fit into the ${shapeText(x.slice(0, 2))} image.`,
    hint: 'Use padding same, a smaller kernel or a larger input, or fewer strides before this layer.',
    input: 0,
  }
}

function countAlong(x: Shape, window: Window, side: 0 | 1): number | null {
  const size = x[side] as number | null
  return size === null ? null : windowCount(size, reachOf(window, side), window.stride[side], window.padding)
}
