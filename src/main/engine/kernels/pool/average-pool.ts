import { onnxWindow, type PoolAttributes, poolWindow, tfPool } from '../conv/window.js'
import { defineKernel } from '../define.js'

/** Mean of each window; places over the border do not count. */
export const averagePool = defineKernel<'x', PoolAttributes>('AvgPool', {
  infer: ({ x }, attributes) => [{ shape: poolWindow(x.shape, attributes).outShape, dtype: x.dtype }],
  layout: 'image',
  onnx: (e, { inputs: { x }, attributes }) =>
    e.node('AveragePool', [x.name], { ...onnxWindow(poolWindow(x.shape, attributes)), count_include_pad: { int: 0 } }),
  tensorflow: (e, { inputs: { x }, attributes }) => e.typed('AvgPool', x.dtype, [x.name], tfPool(x.shape, attributes)),
})
