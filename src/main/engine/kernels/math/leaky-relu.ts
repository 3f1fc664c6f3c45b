import { defineKernel } from '../define.js'

/** Each value, times `alpha` where it is negative. */
export const leakyRelu = defineKernel<'x', { readonly alpha: number }>('LeakyRelu', {
  infer: ({ x }) => [x],
  valuewise: true,
  onnx: (e, { inputs: { x }, attributes }) => e.node('LeakyRelu', [x.name], { alpha: { float: attributes.alpha } }),
  tensorflow: (e, { inputs: { x }, attributes }) =>
    e.typed('LeakyRelu', x.dtype, [x.name], { alpha: { float: attributes.alpha } }),
})
