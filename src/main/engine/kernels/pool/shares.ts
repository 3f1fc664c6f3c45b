import type { Window } from '../conv/window.js'

/** One over the number of places inside the image, for each window. */
export function sharesOf(window: Window, height: number, width: number): Float32Array {
  const counts = new Float32Array(window.out[0] * window.out[1])
  eachPlace(window, height, width, (place) => (counts[place] = (counts[place] as number) + 1))
  return counts.map((places) => 1 / places)
}

/** Call `visit` for every place inside the image of every window. */
export function eachPlace(
  { kernel, stride, pad, out }: Window,
  height: number,
  width: number,
  visit: (window: number, y: number, x: number) => void,
) {
  for (let row = 0; row < out[0]; row++)
    for (let column = 0; column < out[1]; column++)
      for (let i = 0; i < kernel[0]; i++)
        for (let j = 0; j < kernel[1]; j++) {
          const y = row * stride[0] - pad.top + i
          const x = column * stride[1] - pad.left + j
          if (y >= 0 && y < height && x >= 0 && x < width) visit(row * out[1] + column, y, x)
        }
}

/** What the mean of a window whose padding counts as zeros is multiplied with: all its places over those in the image. */
export function wholeShares(window: Window, x: readonly number[]): number[] {
  const places = window.kernel[0] * window.kernel[1]
  return Array.from(sharesOf(window, x[1] as number, x[2] as number), (share) => share * places)
}
