import { statedPadding, type Around, type Window } from './geometry.js'

/**
 * `nn.ConvTranspose2d` in our sizes. Its padding cuts equally off both sides, its output padding gives back less than a stride at
 * the end; where that does not make it, pixels are cut off behind it.
 */
export function torchTransposed(channels: number, p: Window & { readonly filters: number; readonly bias: boolean }) {
  const sides = ([0, 1] as const).map((side) => cutAlong(p, side))
  const conv = (padding: readonly number[], missing: readonly number[]) => [
    'nn.ConvTranspose2d',
    channels,
    p.filters,
    {
      kernel_size: p.kernel,
      stride: p.stride,
      padding,
      ...(missing.some((pixels) => pixels > 0) && { output_padding: missing }),
      bias: p.bias,
    },
  ]
  const missing = sides.map(([before, after]) => before - after)
  if (missing.every((pixels, side) => pixels >= 0 && pixels < p.stride[side as 0 | 1])) {
    return conv(
      sides.map(([before]) => before),
      missing,
    )
  }
  const [rows, columns] = sides as [Around, Around]
  const grown = sides.map(([, after]) => Math.max(0, -after))
  const cut = ([before, after]: Around) => [-before, -Math.max(0, after)]
  return ['nn.Sequential', conv([0, 0], grown), ['nn.ZeroPad2d', [...cut(columns), ...cut(rows)]]]
}

/** Pixels to cut off the whole windows before and after; below 0: pixels to add. */
function cutAlong(window: Window, side: 0 | 1): Around {
  const stated = statedPadding(window, side)
  const spare = window.kernel[side] - window.stride[side]
  if (window.padding === 'explicit') return stated as Around
  if (spare < 0) return [0, spare]
  return window.padding === 'valid' ? [0, 0] : [Math.floor(spare / 2), spare - Math.floor(spare / 2)]
}
