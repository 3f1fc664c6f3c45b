import type { Emitter, Operand } from '../../../onnx/emitter.js'
import { inLayout } from '../../../onnx/layout.js'
import type { Window } from '../window.js'

/**
 * Places of the result above which a tap's product is summed image by image from NCHW; below, places are many times fewer than
 * channels, and one product over all images from NHWC is faster. Measured on shapes of ResNets and GoogLeNet.
 */
const MANY_PLACES = 256

/** The filter's gradient [height, width, in, out], one product for each tap of the kernel; any stride and dilation. */
export function byTaps(e: Emitter, x: Operand, dy: Operand, window: Window): string {
  const [batch, , , channels] = x.shape as [number, number, number, number]
  const filters = dy.shape[3] as number
  const [rows, columns] = window.out
  const perImage = rows * columns >= MANY_PLACES
  const layout = perImage ? 'image' : 'plain'
  const slopes = inLayout(e, dy, layout)
  const image = padded(e, inLayout(e, x, layout), window, perImage ? 2 : 1)
  const products = tapRanges(window).map((range) => {
    const tap = slice(e, image, range, perImage ? 2 : 1, window)
    return perImage
      ? sumOfProducts(e, tap, slopes, [batch, channels, filters, rows * columns])
      : wholeProduct(e, tap, slopes, [batch * rows * columns, channels, filters])
  })
  const joined = products.length === 1 ? (products[0] as string) : e.node('Concat', products, { axis: { int: 0 } })
  return e.reshape(joined, [...window.kernel, channels, filters])
}

/** From [batch, channels, places] and [batch, filters, places]: [channels, filters]. */
function sumOfProducts(e: Emitter, tap: string, dy: string, sizes: readonly [number, number, number, number]): string {
  const [batch, channels, filters, places] = sizes
  const inputs = [e.reshape(tap, [batch, channels, places]), e.reshape(dy, [batch, filters, places])]
  const products = e.node('FusedMatMul', inputs, { transB: { int: 1 } }, 'com.microsoft')
  return e.node('ReduceSum', [products, e.ints([0])], { keepdims: { int: 0 } })
}

/** From [places, channels] and [places, filters]: [channels, filters]. */
function wholeProduct(e: Emitter, tap: string, dy: string, sizes: readonly [number, number, number]): string {
  const [places, channels, filters] = sizes
  return e.node('Gemm', [e.reshape(tap, [places, channels]), e.reshape(dy, [places, filters])], { transA: { int: 1 } })
}

/** Where each tap of the kernel begins and ends to read, row by row of the kernel. */
function tapRanges({ kernel, stride, dilation, out }: Window) {
  return Array.from({ length: kernel[0] * kernel[1] }, (_, tap) => {
    const from = [Math.floor(tap / kernel[1]) * dilation[0], (tap % kernel[1]) * dilation[1]] as const
    const to = [from[0] + (out[0] - 1) * stride[0] + 1, from[1] + (out[1] - 1) * stride[1] + 1] as const
    return { from, to }
  })
}

/** What a tap sees; `axis` is that of the rows. Shared by convolutions of the same image with equal windows. */
function slice(
  e: Emitter,
  image: string,
  { from, to }: { readonly from: readonly number[]; readonly to: readonly number[] },
  axis: number,
  { kernel, stride }: Window,
): string {
  if (kernel[0] * kernel[1] * stride[0] * stride[1] === 1) return image
  const range = [from, to, [axis, axis + 1], stride].map((values) => e.ints(values))
  return e.once(`slice ${image} ${range}`, () => e.node('Slice', [image, ...range]))
}

function padded(e: Emitter, image: string, { pad: { top, bottom, left, right } }: Window, axis: 1 | 2): string {
  if (top + bottom + left + right === 0) return image
  const around = (start: number, end: number) => (axis === 1 ? [0, start, end, 0] : [0, 0, start, end])
  const pads = e.ints([...around(top, left), ...around(bottom, right)])
  return e.once(`pad ${image} ${pads}`, () => e.node('Pad', [image, pads]))
}
