import { defineKernel } from '../define.js'

/** Each value, or exp(x) - 1 where it is negative. */
export const elu = defineKernel<'x'>('Elu', {
  infer: ({ x }) => [x],
  valuewise: true,
  onnx: (e, { inputs: { x } }) => e.node('Elu', [x.name], { alpha: { float: 1 } }),
  tensorflow: (e, { inputs: { x } }) => e.typed('Elu', x.dtype, [x.name]),
})
