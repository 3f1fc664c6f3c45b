import { storedAxes } from '../../onnx/layout.js'
import { defineKernel } from '../define.js'
import { axesOf } from '../reduce/reduction.js'

/** The values of a tensor from last to first along some axes. */
export const reverse = defineKernel<'x', { readonly dims: number | readonly number[] }>('Reverse', {
  infer: ({ x }) => [x],
  onnx: (e, { inputs: { x }, attributes: { dims } }) => {
    const axes = storedAxes(axesOf(dims, x.shape), x.layout)
    const every = (value: number) => e.ints(axes.map(() => value))
    return e.node('Slice', [x.name, every(-1), every(-(2 ** 31)), e.ints(axes), every(-1)])
  },
  tensorflow: (e, { inputs: { x }, attributes: { dims } }) =>
    e.typed('ReverseV2', x.dtype, [x.name, e.ints(axesOf(dims, x.shape))], { Tidx: { type: 'int32' } }),
})
