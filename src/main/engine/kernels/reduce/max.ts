import type { NamedAttrMap, Tensor } from '@tensorflow/tfjs-core'
import { tf } from '../../tf.js'
import { defineKernel } from '../define.js'
import { axesOf, reduce, reducedShape, tfReduce } from './reduction.js'

interface MaxAttributes {
  readonly reductionIndices: number | readonly number[]
  readonly keepDims: boolean
}

/** Largest value over the given axes. Where several are equal the gradient is shared, as TensorFlow and PyTorch do. */
export const max = defineKernel<'x', MaxAttributes>('Max', {
  infer: ({ x }, { reductionIndices, keepDims }) => [
    { shape: reducedShape(x.shape, axesOf(reductionIndices, x.shape), keepDims), dtype: x.dtype },
  ],
  onnx: (e, { inputs: { x }, attributes: { reductionIndices, keepDims } }) =>
    reduce(e, 'ReduceMax', x, axesOf(reductionIndices, x.shape), keepDims),
  tensorflow: (e, { inputs: { x }, attributes: { reductionIndices, keepDims } }) =>
    tfReduce(e, 'Max', x, axesOf(reductionIndices, x.shape), keepDims),
  gradient: {
    inputsToSave: ['x'],
    outputsToSave: [true],
    gradFunc: (dy, [x, y], attributes) => ({ x: () => shared(dy as Tensor, x as Tensor, y as Tensor, attributes) }),
  },
})

function shared(dy: Tensor, x: Tensor, y: Tensor, attributes: NamedAttrMap): Tensor {
  const axes = axesOf(attributes['reductionIndices'] as number[], x.shape)
  const kept = reducedShape(x.shape, axes, true)
  const largest = tf.cast(tf.equal(x, tf.reshape(y, kept)), 'float32')
  return tf.mul(tf.reshape(dy, kept), tf.div(largest, tf.sum(largest, axes, true)))
}
