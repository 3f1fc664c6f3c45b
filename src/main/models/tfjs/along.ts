import type { Window } from '../../../shared/layers/geometry.js'
import { paddingAlong, statedPadding } from '../../../shared/layers/geometry.js'
import { transposed } from '../../engine/kernels/resample/weights.js'
import type { SpelledLayer } from './spelled-layer.js'

/** What the pixels along one side become: a matrix [to, from], row by row. */
export interface Mixing {
  readonly from: number
  readonly to: number
  readonly weights: Float64Array
}

/**
 * An image whose rows and columns are mixed by fixed matrices, as resizing and averaging do: each side in turn is brought last,
 * where a dense layer without bias multiplies it by the matrix. After three turns the sides stand as before.
 */
export function along(rows: Mixing, columns: Mixing): readonly SpelledLayer[] {
  const turn: SpelledLayer = { call: ['Permute', { dims: [2, 3, 1] }] }
  return [turn, mixed(rows), turn, mixed(columns), turn]
}

function mixed({ from, to, weights }: Mixing): SpelledLayer {
  const kernel = { shape: [from, to], data: Float32Array.from(transposed(weights, from)) }
  return { call: ['Dense', { units: to, use_bias: false, trainable: false }], fixed: { kernel } }
}

/** Means of windows along one side; pixels around the image count as zeros only where told to. */
export function means(window: Window, side: 0 | 1, from: number, to: number, countPadding: boolean): Mixing {
  const [size, stride] = [window.kernel[side], window.stride[side]]
  const [before] = paddingAlong(window, side, from)
  const after = statedPadding(window, side)?.[1] ?? 0
  const weights = new Float64Array(from * to)
  for (let i = 0; i < to; i++) {
    const begin = i * stride - before
    const [first, end] = [Math.max(begin, 0), Math.min(begin + size, from)]
    const count = countPadding ? Math.min(begin + size, from + after) - begin : end - first
    for (let at = first; at < end; at++) weights[i * from + at] = 1 / count
  }
  return { from, to, weights }
}
