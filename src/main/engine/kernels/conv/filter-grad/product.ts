import type { Emitter } from '../../../onnx/emitter.js'

/**
 * `sum over images of a b^T`: [batch, rows, places] and [batch, columns, places] give [rows, columns]. The sum over the
 * batch is a product with ones, three times as fast as ReduceSum over a leading axis.
 */
export function productOfPlaces(e: Emitter, a: string, b: string, batch: number): string {
  const perImage = e.node('FusedMatMul', [a, b], { transB: { int: 1 } }, 'com.microsoft')
  return sumOverBatch(e, perImage, batch)
}

/** Sum over the first axis; the result is [1, all other values]. */
export function sumOverBatch(e: Emitter, name: string, batch: number): string {
  const rows = e.reshape(name, [batch, -1])
  return e.node('MatMul', [e.ones([1, batch]), rows])
}
