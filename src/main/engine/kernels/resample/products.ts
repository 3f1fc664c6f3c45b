import type { Emitter } from '../../onnx/emitter.js'
import { output } from '../../tfjs/reference.js'
import type { GraphEmitter } from '../../tensorflow/emitter.js'
import { transposed } from './weights.js'

/** Weights of rows [to, from] and of columns [to, from] that an image is multiplied with from both sides. */
export interface Products {
  readonly rows: Float64Array
  readonly columns: Float64Array
  /** Shape NHWC of what is multiplied. */
  readonly shape: readonly number[]
}

/** Height and width that come out. */
function sizeOf({ rows, columns, shape }: Products): readonly [height: number, width: number] {
  return [rows.length / shape[1]!, columns.length / shape[2]!]
}

/** As two products of matrices on each channel of an image NCHW. */
export function onnxProducts(e: Emitter, image: string, products: Products): string {
  const [, height, width] = products.shape as [number, number, number]
  const [down, across] = sizeOf(products)
  const rows = e.floats([down, height], Float32Array.from(products.rows))
  const columns = e.floats([width, across], Float32Array.from(transposed(products.columns, width)))
  return e.node('MatMul', [e.node('MatMul', [rows, image]), columns])
}

/** As two products of matrices on an image NHWC, its rows as vectors first, then its pixels. */
export function tfProducts(e: GraphEmitter, image: string, products: Products): string {
  const [batch, height, width, channels] = products.shape as [number, number, number, number]
  const [down, across] = sizeOf(products)
  const reshaped = (name: string, shape: readonly number[]) => e.reshape({ name, dtype: 'float32' }, shape)
  const product = (weights: Float64Array, shape: readonly [number, number], values: string) =>
    e.typed('BatchMatMulV2', 'float32', [e.floats([1, ...shape], Array.from(weights)), values])
  const lines = product(products.rows, [down, height], reshaped(image, [batch, height, width * channels]))
  const pixels = reshaped(lines, [batch * down, width, channels])
  return reshaped(product(products.columns, [across, width], pixels), [batch, down, across, channels])
}

/** In plain loops in float64. */
export function referenceProducts(backend: unknown, values: ArrayLike<number>, products: Products) {
  const [batch, height, width, channels] = products.shape as [number, number, number, number]
  const [down, across] = sizeOf(products)
  const made = new Float64Array(batch * down * across * channels)
  for (let place = 0; place < batch * down * across; place++) {
    const [image, i, j] = [Math.floor(place / (down * across)), Math.floor(place / across) % down, place % across]
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const share = products.rows[i * height + y]! * products.columns[j * width + x]!
        if (share === 0) continue
        const from = ((image * height + y) * width + x) * channels
        for (let c = 0; c < channels; c++) made[place * channels + c]! += share * values[from + c]!
      }
  }
  return output(backend, [batch, down, across, channels], Float32Array.from(made))
}
