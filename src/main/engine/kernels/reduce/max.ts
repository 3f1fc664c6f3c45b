import { defineKernel } from '../define.js'
import { axesOf, reduce, reducedShape } from './reduction.js'

interface MaxAttributes {
  readonly reductionIndices: number | readonly number[]
  readonly keepDims: boolean
}

/** Largest value over the given axes. */
export const max = defineKernel<'x', MaxAttributes>('Max', {
  infer: ({ x }, { reductionIndices, keepDims }) => [
    { shape: reducedShape(x.shape, axesOf(reductionIndices, x.shape), keepDims), dtype: x.dtype },
  ],
  onnx: (e, { inputs: { x }, attributes: { reductionIndices, keepDims } }) =>
    reduce(e, 'ReduceMax', x, axesOf(reductionIndices, x.shape), keepDims),
})
