import { defineKernel } from '../define.js'

/** Gradient of elu from its output y: dy where y is positive or 0, dy (y + 1) where it is negative. */
export const eluGrad = defineKernel<'dy' | 'y'>('EluGrad', {
  infer: ({ dy }) => [dy],
  valuewise: true,
  onnx: (e, { inputs: { dy, y } }) => {
    const slope = e.node('Add', [e.node('Min', [y.name, e.scalar(0)]), e.scalar(1)])
    return e.node('Mul', [dy.name, slope])
  },
  tensorflow: (e, { inputs: { dy, y } }) => e.typed('EluGrad', dy.dtype, [dy.name, y.name]),
})
