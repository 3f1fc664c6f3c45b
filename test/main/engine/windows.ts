/** A convolution or pooling: image NHWC, kernel, stride and padding. */
export interface WindowCase<K> {
  readonly x: readonly number[]
  readonly kernel: K
  readonly stride: [number, number]
  readonly padding: 'same' | 'valid' | Pixels
}

/** Pixels on each side of an NHWC image, as tfjs takes them. */
export type Pixels = [[0, 0], rows: [number, number], columns: [number, number], [0, 0]]

const pixels = (top: number, bottom: number, left: number, right: number): Pixels => [
  [0, 0],
  [top, bottom],
  [left, right],
  [0, 0],
]

/** Equal and unequal pixels on each side; tried where each is less than the window. */
export const explicitPaddings = [pixels(1, 1, 1, 1), pixels(2, 0, 1, 2), pixels(0, 1, 0, 0), pixels(0, 2, 4, 1)]

/** Whether a window, padded like this, fits into an image and never lies beside it. */
export function fits(
  padding: 'same' | 'valid' | Pixels,
  size: readonly [number, number],
  reach: readonly [number, number],
): boolean {
  if (padding === 'same') return true
  const sides =
    padding === 'valid'
      ? ([
          [0, 0],
          [0, 0],
        ] as const)
      : ([padding[1], padding[2]] as const)
  return sides.every(
    ([before, after], side) => Math.max(before, after) < reach[side]! && reach[side]! <= size[side]! + before + after,
  )
}

const sizes: readonly [number, number][] = [
  [1, 1],
  [5, 5],
  [6, 9],
  [11, 4],
]
const strides: readonly [number, number][] = [
  [1, 1],
  [2, 2],
  [3, 1],
]
const paddings = ['same', 'valid', ...explicitPaddings] as const

/** Every combination of these in which the window fits into the image. */
function combinations(kernels: readonly [number, number][]) {
  return sizes
    .flatMap((size) =>
      kernels.flatMap((kernel) =>
        strides.flatMap((stride) => paddings.map((padding) => ({ size, kernel, stride, padding }))),
      ),
    )
    .filter(({ size, kernel, padding }) => fits(padding, size, kernel))
}

/** Convolutions of odd and even sizes, one and several channels, one and several images. */
export const convolutions: readonly WindowCase<readonly number[]>[] = combinations([
  [1, 1],
  [2, 2],
  [3, 3],
  [5, 3],
  [1, 7],
]).map(({ size, kernel, stride, padding }, i) => {
  const [batch, channels, filters] = [1 + (i % 3), i % 4 === 0 ? 1 : 3, i % 5 === 0 ? 1 : 4]
  return { x: [batch, ...size, channels], kernel: [...kernel, channels, filters], stride, padding }
})

/** Poolings of odd and even sizes, overlapping and with gaps. */
export const poolings: readonly WindowCase<[number, number]>[] = combinations([
  [2, 2],
  [3, 3],
  [1, 3],
]).map(({ size, kernel, stride, padding }, i) => ({
  x: [1 + (i % 2), ...size, i % 3 === 0 ? 1 : 2],
  kernel,
  stride,
  padding,
}))
