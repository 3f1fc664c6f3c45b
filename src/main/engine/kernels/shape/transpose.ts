import { storedPermutation } from '../../onnx/stored-order.js'
import { defineKernel } from '../define.js'

/** The axes of a tensor in another order: axis i of the result is axis `perm[i]` of `x`. */
export const transpose = defineKernel<'x', { readonly perm: readonly number[] }>('Transpose', {
  infer: ({ x }, { perm }) => [{ shape: perm.map((axis) => x.shape[axis]!), dtype: x.dtype }],
  onnx: (e, { inputs: { x }, attributes: { perm }, outputs: [out] }) =>
    e.transpose(x.name, storedPermutation(perm, x.layout, out.layout)),
  tensorflow: (e, { inputs: { x }, attributes: { perm } }) =>
    e.typed('Transpose', x.dtype, [x.name, e.ints(perm)], { Tperm: { type: 'int32' } }),
})
