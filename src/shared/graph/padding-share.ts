import { paddingAlong, type Window } from '../layers/geometry.js'
import type { Reading } from '../layers/reading.js'
import type { Shape } from '../layers/shapes.js'
import type { FlatNode } from './graph.js'

/**
 * Share of the values that the places of a layer are made of which lie beyond its image, 0 to 1: zeros of padding, or, of a
 * transposed convolution, of the stretched image that it slides over (Dumoulin and Visin 2016, chapter 4), inserted ones left out.
 * 0 for layers that read inside only, `undefined` while a size is open. Example: 3x3, same, on 7x7: of 21 x 21 values 19 x 19 are pixels, 0.18 is padding.
 */
export function paddingShare({ layer, params }: FlatNode, x: Shape | undefined, output: Shape): number | undefined {
  const window = layer.window?.(params)
  if (!window && !layer.reads) return 0
  const along = (side: 0 | 1) => {
    if (window) return pixelShare(window, x?.[side], output[side], side)
    const reading = layer.reads?.(params, side, x ?? [])
    return reading && readShare(reading, x?.[side], output[side])
  }
  const [rows, columns] = [along(0), along(1)]
  return rows === undefined || columns === undefined ? undefined : 1 - rows * columns
}

/** Share of what is read along one side that is there. */
function readShare(
  { step, reads, repeats }: Reading,
  size: number | null | undefined,
  count: number | null | undefined,
) {
  if (repeats) return 1
  if (typeof size !== 'number' || typeof count !== 'number') return undefined
  let [all, inside] = [0, 0]
  for (let i = 0; i < count; i++) {
    const { from, count: rows, gap } = reads[i % reads.length]!
    const start = from + Math.floor(i / reads.length) * step
    all += rows
    inside += Math.max(
      0,
      Math.min(rows - 1, Math.floor((size - 1 - start) / gap)) - Math.max(0, Math.ceil(-start / gap)) + 1,
    )
  }
  return all === 0 ? 1 : inside / all
}

/** Share of the values under the windows of one side that are pixels. */
function pixelShare(window: Window, size: number | null | undefined, count: number | null | undefined, side: 0 | 1) {
  if (typeof size !== 'number' || typeof count !== 'number') return undefined
  const taps = window.kernel[side]
  const [before] = paddingAlong(window, side, size)
  let pixels = 0
  for (let tap = 0; tap < taps; tap++) pixels += hitsOf(window, side, size, count, before, tap)
  return pixels / (count * taps)
}

/** For each place in a window along one side: over how many of the `count` windows a pixel stands there. */
export function tapsOf(window: Window, side: 0 | 1, size: number, count: number): readonly number[] {
  const [before] = paddingAlong(window, side, size)
  return Array.from({ length: window.kernel[side] }, (_, tap) => hitsOf(window, side, size, count, before, tap))
}

function hitsOf(window: Window, side: 0 | 1, size: number, count: number, before: number, tap: number): number {
  const stride = window.stride[side]
  const offset = tap * (window.dilation?.[side] ?? 1) - before
  const first = Math.max(0, Math.ceil(-offset / stride))
  const last = Math.min(count - 1, Math.floor((size - 1 - offset) / stride))
  return Math.max(0, last - first + 1)
}
