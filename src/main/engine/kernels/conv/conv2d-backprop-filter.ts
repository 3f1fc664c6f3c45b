import type { Emitter, Operand } from '../../onnx/emitter.js'
import { defineKernel } from '../define.js'
import { byExchange, isExchanged } from './filter-grad/exchanged.js'
import { productOfPlaces } from './filter-grad/product.js'
import { bySlices } from './filter-grad/slices.js'
import { byTaps } from './filter-grad/taps.js'
import { byPlacing, placing } from './filter-grad/placing.js'
import { convWindow, tfEvery, tfWindow, type Window, type WindowAttributes } from './window.js'

type FilterGradAttributes = WindowAttributes & { readonly filterShape: readonly number[] }

/**
 * Gradient of a convolution's filter: for each tap of the kernel the product of the image, shifted by the tap, with dy,
 * summed over batch and places. ONNX has no operator for it; which of four ways is fastest depends on the shapes.
 */
export const conv2dBackpropFilter = defineKernel<'x' | 'dy', FilterGradAttributes>('Conv2DBackpropFilter', {
  infer: (_inputs, { filterShape }) => [{ shape: filterShape, dtype: 'float32' }],
  layout: 'filter',
  onnx: (e, { inputs: { x, dy }, attributes }) => {
    const window = convWindow(x.shape, attributes.filterShape, attributes)
    const [height, width] = window.kernel
    const plain = window.stride[0] * window.stride[1] * window.dilation[0] * window.dilation[1] === 1
    if (plain && height * width === 1) return pointwise(e, x, dy)
    return plain && placingIsCheaper(x, dy, window) ? byPlacing(e, x, dy, window) : bySlices(e, x, dy, window)
  },
  blocked: (e, { inputs: { x, dy }, attributes }) => {
    const window = convWindow(x.shape, attributes.filterShape, attributes)
    if (isExchanged(e, x, dy, window)) return byExchange(e, x, dy, window)
    // Of images with few channels a tap alone is too little for a product.
    return (x.shape[3] as number) < e.block ? undefined : byTaps(e, x, dy, window)
  },
  tensorflow: (e, { inputs: { x, dy }, attributes }) => {
    const window = convWindow(x.shape, attributes.filterShape, attributes)
    const size = e.ints(attributes.filterShape)
    const strided = window.stride.some((step) => step > 1)
    if (window.kernel.some((extent) => extent > 1) || !strided) {
      return e.typed('Conv2DBackpropFilter', x.dtype, [x.name, size, dy.name], tfWindow(window, attributes))
    }
    // TensorFlow 2.21 with oneDNN writes beyond its memory for some 1x1 kernels that skip places, so skip them before.
    const places = tfEvery(e, x, window)
    const plain = { ...window, stride: [1, 1] as const }
    return e.typed('Conv2DBackpropFilter', x.dtype, [places, size, dy.name], tfWindow(plain, attributes))
  },
})

/** A 1x1 kernel at stride 1 has a single tap that shifts nothing. */
function pointwise(e: Emitter, x: Operand, dy: Operand): string {
  const [batch, height, width, channels] = x.shape as [number, number, number, number]
  const filters = dy.shape[3] as number
  const product = productOfPlaces(
    e,
    e.reshape(dy.name, [batch, filters, height * width]),
    e.reshape(x.name, [batch, channels, height * width]),
    batch,
  )
  return e.reshape(product, [filters, channels, 1, 1])
}

/** Costs in multiply-adds of a matrix product, measured: copying a value and starting a row with `Slice`, copying with `Concat`. */
const SLICED_VALUE = 15
const SLICED_ROW = 250
const PLACED_VALUE = 8

/** Placing copies less, but multiplies the zeros between rows too: worth it for large images and few channels. */
function placingIsCheaper(x: Operand, dy: Operand, window: Window): boolean {
  const channels = x.shape[3] as number
  const filters = dy.shape[3] as number
  const [height, width] = window.kernel
  const [rows, columns] = window.out
  const taps = height * width * channels
  const { length } = placing(x, window)
  const placed = (PLACED_VALUE * (channels * width + filters * height) + taps * filters) * length
  const sliced = taps * rows * (SLICED_ROW + (SLICED_VALUE + filters) * columns)
  return placed < sliced
}
