import { defineKernel } from '../define.js'

/** Square of each value. */
export const square = defineKernel<'x'>('Square', {
  infer: ({ x }) => [x],
  onnx: (e, { inputs: { x } }) => e.once(`square ${x.name}`, () => e.node('Mul', [x.name, x.name])),
  tensorflow: (e, { inputs: { x } }) => e.typed('Square', x.dtype, [x.name]),
})
