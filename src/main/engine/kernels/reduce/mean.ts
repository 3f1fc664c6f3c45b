import { defineKernel } from '../define.js'
import { axesOf, reduce, reduceInBlocks, type ReduceAttributes, reducedShape, tfReduce } from './reduction.js'
import { slopesOf } from './slopes.js'

/** Mean over the given axes. */
export const mean = defineKernel<'x', ReduceAttributes>('Mean', {
  infer: ({ x }, { axis, keepDims }) => [
    { shape: reducedShape(x.shape, axesOf(axis, x.shape), keepDims), dtype: x.dtype },
  ],
  onnx: (e, { inputs: { x }, attributes: { axis, keepDims } }) =>
    reduce(e, 'ReduceMean', x, axesOf(axis, x.shape), keepDims),
  blocked: (e, { inputs: { x }, attributes: { axis }, outputs: [out] }) =>
    reduceInBlocks(e, 'ReduceMean', x, axesOf(axis, x.shape), out.shape),
  tensorflow: (e, { inputs: { x }, attributes: { axis, keepDims } }) =>
    tfReduce(e, 'Mean', x, axesOf(axis, x.shape), keepDims),
  gradient: slopesOf('mean'),
})
