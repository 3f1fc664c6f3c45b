import { ELEMENT } from '../../onnx/model.js'
import type { DType } from '../../step/step.js'
import { defineKernel } from '../define.js'

/** The same values in another element type. */
export const cast = defineKernel<'x', { readonly dtype: DType }>('Cast', {
  infer: ({ x }, { dtype }) => [{ shape: x.shape, dtype }],
  onnx: (e, { inputs: { x }, attributes }) => e.node('Cast', [x.name], { to: { int: ELEMENT[attributes.dtype] } }),
  tensorflow: (e, { inputs: { x }, attributes }) =>
    e.node('Cast', [x.name], { SrcT: { type: x.dtype }, DstT: { type: attributes.dtype } }),
})
