import type { Around } from './geometry.js'
import { cutAlong, type Spread } from './transposed.js'

/**
 * `nn.ConvTranspose2d` in our sizes. Its padding cuts equally off both sides, its output padding gives back less than a stride or
 * dilation at the end; where that does not make it, pixels are cut off behind it.
 */
export function torchTransposed(
  channels: number,
  p: Spread & { readonly filters: number; readonly groups: number; readonly bias: boolean },
) {
  const sides = ([0, 1] as const).map((side) => cutAlong(p, side))
  const most = ([0, 1] as const).map((side) => Math.max(p.stride[side], p.dilation[side]) - 1) as [number, number]
  const conv = (padding: readonly number[], missing: readonly number[]) => [
    'nn.ConvTranspose2d',
    channels,
    p.filters,
    {
      kernel_size: p.kernel,
      stride: p.stride,
      padding,
      ...(missing.some((pixels) => pixels > 0) && { output_padding: missing }),
      ...(p.dilation[0] * p.dilation[1] > 1 && { dilation: p.dilation }),
      ...(p.groups > 1 && { groups: p.groups }),
      bias: p.bias,
    },
  ]
  const missing = sides.map(([before, after]) => before - after)
  if (missing.every((pixels, side) => pixels >= 0 && pixels <= most[side as 0 | 1])) {
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
