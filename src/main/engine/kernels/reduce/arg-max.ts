import { ELEMENT } from '../../onnx/model.js'
import { defineKernel } from '../define.js'
import { axesOf, reducedShape } from './reduction.js'

/** Place of the largest value along the last axis of [batch, classes]; the first of equal ones. */
export const argMax = defineKernel<'x', { readonly axis: number | readonly number[] }>('ArgMax', {
  infer: ({ x }, { axis }) => [{ shape: reducedShape(x.shape, axesOf(axis, x.shape), false), dtype: 'int32' }],
  onnx: (e, { inputs: { x }, attributes: { axis } }) => {
    const place = e.node('ArgMax', [x.name], {
      axis: { int: axesOf(axis, x.shape)[0] as number },
      keepdims: { int: 0 },
    })
    return e.node('Cast', [place], { to: { int: ELEMENT.int32 } })
  },
  tensorflow: (e, { inputs: { x }, attributes: { axis } }) =>
    e.typed('ArgMax', x.dtype, [x.name, e.int(axesOf(axis, x.shape)[0] as number)], { output_type: { type: 'int32' } }),
})
