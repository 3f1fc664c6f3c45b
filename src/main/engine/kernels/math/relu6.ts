import { defineKernel } from '../define.js'

/** Each value, limited to 0…6. */
export const relu6 = defineKernel<'x'>('Relu6', {
  infer: ({ x }) => [x],
  valuewise: true,
  onnx: (e, { inputs: { x } }) => e.node('Clip', [x.name, e.scalar(0), e.scalar(6)]),
  tensorflow: (e, { inputs: { x } }) => e.typed('Relu6', x.dtype, [x.name]),
})
