import { defineKernel } from '../define.js'
import { axesOf, reduce, reduceInBlocks, type ReduceAttributes, reducedShape, tfReduce } from './reduction.js'
import { slopesOf } from './slopes.js'

/** Sum over the given axes. */
export const sum = defineKernel<'x', ReduceAttributes>('Sum', {
  infer: ({ x }, { axis, keepDims }) => [
    { shape: reducedShape(x.shape, axesOf(axis, x.shape), keepDims), dtype: x.dtype },
  ],
  onnx: (e, { inputs: { x }, attributes: { axis, keepDims } }) =>
    reduce(e, 'ReduceSum', x, axesOf(axis, x.shape), keepDims),
  blocked: (e, { inputs: { x }, attributes: { axis }, outputs: [out] }) =>
    reduceInBlocks(e, 'ReduceSum', x, axesOf(axis, x.shape), out.shape),
  tensorflow: (e, { inputs: { x }, attributes: { axis, keepDims } }) => {
    const axes = axesOf(axis, x.shape)
    // The gradient of a bias, which TensorFlow computes on the way of the filter's.
    if (`${axes}` === '0,1,2' && x.shape.length === 4 && !keepDims && x.dtype === 'float32') {
      return e.typed('BiasAddGrad', x.dtype, [x.name], { data_format: { string: 'NHWC' } })
    }
    return tfReduce(e, 'Sum', x, axes, keepDims)
  },
  gradient: slopesOf('sum'),
})
