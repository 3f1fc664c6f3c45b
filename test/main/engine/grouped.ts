import { explicitPaddings, fits, type Pixels } from './windows.js'

/** A grouped or dilated convolution: image NHWC, filter [height, width, channels of a group, filters]. */
export interface GroupedCase {
  readonly x: readonly number[]
  readonly kernel: readonly number[]
  readonly groups: number
  readonly stride: [number, number]
  readonly dilation: [number, number]
  readonly padding: 'same' | 'valid' | Pixels
}

/** Channels of a group, filters of a group, groups: plain, depthwise (with a multiplier), grouped, a single channel. */
const splits: readonly (readonly [inGroup: number, outGroup: number, groups: number])[] = [
  [3, 4, 1],
  [1, 1, 4],
  [1, 3, 2],
  [2, 1, 3],
  [3, 2, 2],
  [1, 1, 1],
]
const sizes: readonly (readonly [number, number])[] = [
  [1, 1],
  [5, 5],
  [6, 9],
  [11, 4],
]
const kernels: readonly (readonly [number, number])[] = [
  [1, 1],
  [3, 3],
  [2, 5],
]
const steps: readonly (readonly [stride: [number, number], dilation: [number, number]])[] = [
  [
    [1, 1],
    [1, 1],
  ],
  [
    [2, 2],
    [1, 1],
  ],
  [
    [3, 1],
    [1, 1],
  ],
  [
    [1, 1],
    [2, 2],
  ],
  [
    [1, 1],
    [1, 3],
  ],
  [
    [2, 3],
    [3, 2],
  ],
]

/** Every combination in which the window fits into the image; one to three images. */
export const groupedConvolutions: readonly GroupedCase[] = splits
  .flatMap((split) =>
    sizes.flatMap((size) =>
      kernels.flatMap((kernel) =>
        steps.flatMap(([stride, dilation]) =>
          (['same', 'valid', ...explicitPaddings.slice(1, 3)] as const).map((padding) => ({
            split,
            size,
            kernel,
            stride,
            dilation,
            padding,
          })),
        ),
      ),
    ),
  )
  .filter(({ size, kernel, dilation, padding }) =>
    fits(padding, size, [(kernel[0] - 1) * dilation[0] + 1, (kernel[1] - 1) * dilation[1] + 1]),
  )
  .map(({ split: [inGroup, outGroup, groups], size, kernel, stride, dilation, padding }, i) => ({
    x: [1 + (i % 3), ...size, inGroup * groups],
    kernel: [...kernel, inGroup, outGroup * groups],
    groups,
    stride,
    dilation,
    padding,
  }))
