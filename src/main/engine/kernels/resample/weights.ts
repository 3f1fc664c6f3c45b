import type { ResampleMode } from '../../../../shared/layers/shaping/resample.js'

/**
 * Along one side, what each of `to` pixels takes of each of `from` ones, row by row; centres of pixels lie at half numbers.
 * `nearest` takes the pixel that its centre lies in, `bilinear` mixes the two around it, the border repeated; `adaptive` is the
 * mean from floor(i from / to) to ceil((i + 1) from / to), as in torch.nn.AdaptiveAvgPool2d.
 * Example: 2 from 4, adaptive: [1/2 1/2 0 0], [0 0 1/2 1/2].
 */
export function resampleWeights(from: number, to: number, mode: ResampleMode): Float64Array {
  const weights = new Float64Array(to * from)
  for (let i = 0; i < to; i++) {
    const put = (at: number, share: number) => (weights[i * from + at]! += share)
    if (mode === 'nearest') put(nearestPixel(i, from, to), 1)
    else if (mode === 'bilinear') {
      const place = ((i + 0.5) * from) / to - 0.5
      const low = Math.floor(place)
      put(Math.max(low, 0), 1 - (place - low))
      put(Math.min(low + 1, from - 1), place - low)
    } else {
      const [start, end] = [Math.floor((i * from) / to), Math.ceil(((i + 1) * from) / to)]
      for (let at = start; at < end; at++) put(at, 1 / (end - start))
    }
  }
  return weights
}

/** The pixel of `from` that the centre of pixel `i` of `to` lies in; whole numbers only, so that nothing is rounded. */
export function nearestPixel(i: number, from: number, to: number): number {
  return Math.floor(((2 * i + 1) * from) / (2 * to))
}

/** A matrix [rows, columns] with its rows as columns. */
export function transposed(matrix: Float64Array, columns: number): Float64Array {
  const rows = matrix.length / columns
  return Float64Array.from(matrix, (_, i) => matrix[(i % rows) * columns + Math.floor(i / rows)]!)
}
