import { defineKernel } from '../define.js'

interface MatMulAttributes {
  readonly transposeA: boolean
  readonly transposeB: boolean
}

/** Matrix product of [1, m, k] and [1, k, n], either transposed; tfjs gives every product a leading axis. */
export const matMul = defineKernel<'a' | 'b', MatMulAttributes>('BatchMatMul', {
  infer: ({ a, b }, { transposeA, transposeB }) => {
    const rows = a.shape.at(transposeA ? -1 : -2) as number
    const columns = b.shape.at(transposeB ? -2 : -1) as number
    return [{ shape: [...a.shape.slice(0, -2), rows, columns], dtype: 'float32' }]
  },
  onnx: (e, { inputs: { a, b }, attributes: { transposeA, transposeB }, outputs: [out] }) => {
    const flags = { transA: { int: Number(transposeA) }, transB: { int: Number(transposeB) } }
    const flat = (name: string, shape: readonly number[]) =>
      shape.length === 2 ? name : e.reshape(name, shape.slice(-2))
    const product = e.node('Gemm', [flat(a.name, a.shape), flat(b.name, b.shape)], flags)
    return out.shape.length === 2 ? product : e.reshape(product, out.shape)
  },
})
