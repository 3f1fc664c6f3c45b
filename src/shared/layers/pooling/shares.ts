import { paddingAlong, statedPadding, type Window } from '../geometry.js'

/**
 * For each window over height and width, the share of the pixels that an average counts which lie in the image, where zeros of
 * the stated padding count too; what a last window reaches beyond them does not (torch.nn.AvgPool2d, `count_include_pad`).
 * Example: 2x2 at stride 1 on 2x2, padded 1: 1/4 in the corners, 1/2 at the sides, 1 in the middle.
 */
export function pixelShares(window: Window, size: readonly [number, number]): Float32Array {
  const [rows, columns] = [sharesAlong(window, 0, size[0]), sharesAlong(window, 1, size[1])]
  return Float32Array.from(rows.flatMap((row) => columns.map((column) => row * column)))
}

function sharesAlong(window: Window, side: 0 | 1, size: number): number[] {
  const [before, after] = paddingAlong(window, side, size)
  const stated = statedPadding(window, side) ?? [before, after]
  const [kernel, stride] = [window.kernel[side], window.stride[side]]
  const count = Math.floor((size + before + after - kernel) / stride) + 1
  return Array.from({ length: count }, (_, i) => {
    const start = i * stride - before
    const within = (from: number, to: number) => Math.min(start + kernel, to) - Math.max(start, from)
    return within(0, size) / within(-stated[0], size + stated[1])
  })
}
