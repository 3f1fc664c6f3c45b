/** A convolution or pooling: image NHWC, kernel, stride and padding. */
export interface WindowCase<K> {
  readonly x: readonly number[]
  readonly kernel: K
  readonly stride: [number, number]
  readonly padding: 'same' | 'valid'
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
const paddings = ['same', 'valid'] as const

/** Every combination of these in which the window fits into the image. */
function combinations(kernels: readonly [number, number][]) {
  return sizes
    .flatMap((size) =>
      kernels.flatMap((kernel) =>
        strides.flatMap((stride) => paddings.map((padding) => ({ size, kernel, stride, padding }))),
      ),
    )
    .filter(({ size, kernel, padding }) => padding === 'same' || (kernel[0] <= size[0] && kernel[1] <= size[1]))
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
