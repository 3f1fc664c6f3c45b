import { defineKernel } from '../define.js'
import { count } from '../../step/step.js'
import type { TfValue } from '../../tensorflow/emitter.js'

interface MatMulAttributes {
  readonly transposeA: boolean
  readonly transposeB: boolean
}

/** Matrix products of [batch, m, k] and [batch, k, n], either transposed; tfjs gives every product a leading axis. */
export const matMul = defineKernel<'a' | 'b', MatMulAttributes>('BatchMatMul', {
  infer: ({ a, b }, { transposeA, transposeB }) => {
    const rows = a.shape.at(transposeA ? -1 : -2) as number
    const columns = b.shape.at(transposeB ? -2 : -1) as number
    return [{ shape: [...a.shape.slice(0, -2), rows, columns], dtype: 'float32' }]
  },
  onnx: (e, { inputs: { a, b }, attributes: { transposeA, transposeB }, outputs: [out] }) => {
    const flags = { transA: { int: Number(transposeA) }, transB: { int: Number(transposeB) } }
    if (count(out.shape.slice(0, -2)) > 1) return e.node('FusedMatMul', [a.name, b.name], flags, 'com.microsoft')
    const flat = (name: string, shape: readonly number[]) =>
      shape.length === 2 ? name : e.reshape(name, shape.slice(-2))
    const product = e.node('Gemm', [flat(a.name, a.shape), flat(b.name, b.shape)], flags)
    return out.shape.length === 2 ? product : e.reshape(product, out.shape)
  },
  tensorflow: (e, { inputs: { a, b }, attributes: { transposeA, transposeB }, outputs: [out] }) => {
    if (count(out.shape.slice(0, -2)) > 1) {
      const flags = { adj_x: { bool: transposeA }, adj_y: { bool: transposeB } }
      return e.typed('BatchMatMulV2', out.dtype, [a.name, b.name], flags)
    }
    const flat = (value: TfValue) => (value.shape.length === 2 ? value.name : e.reshape(value, value.shape.slice(-2)))
    const flags = { transpose_a: { bool: transposeA }, transpose_b: { bool: transposeB } }
    const name = e.typed('MatMul', out.dtype, [flat(a), flat(b)], flags)
    return out.shape.length === 2 ? name : e.reshape({ name, dtype: out.dtype }, out.shape)
  },
})
