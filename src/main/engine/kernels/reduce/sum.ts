import { defineKernel } from '../define.js'
import { axesOf, reduce, reduceInBlocks, type ReduceAttributes, reducedShape, tfReduce } from './reduction.js'

/** Sum over the given axes. */
export const sum = defineKernel<'x', ReduceAttributes>('Sum', {
  infer: ({ x }, { axis, keepDims }) => [
    { shape: reducedShape(x.shape, axesOf(axis, x.shape), keepDims), dtype: x.dtype },
  ],
  onnx: (e, { inputs: { x }, attributes: { axis, keepDims } }) =>
    reduce(e, 'ReduceSum', x, axesOf(axis, x.shape), keepDims),
  blocked: (e, { inputs: { x }, attributes: { axis }, outputs: [out] }) =>
    reduceInBlocks(e, 'ReduceSum', x, axesOf(axis, x.shape), out.shape),
  tensorflow: (e, { inputs: { x }, attributes: { axis, keepDims } }) =>
    tfReduce(e, 'Sum', x, axesOf(axis, x.shape), keepDims),
})
