import { blockedPool } from '../../onnx/blocked.js'
import { inLayout } from '../../onnx/layout.js'
import { blockedWindow, onnxWindow, type PoolAttributes, poolWindow, tfPool } from '../conv/window.js'
import { defineKernel } from '../define.js'

/** Largest value of each window; places over the border do not count. */
export const maxPool = defineKernel<'x', PoolAttributes>('MaxPool', {
  infer: ({ x }, attributes) => [{ shape: poolWindow(x.shape, attributes).outShape, dtype: x.dtype }],
  layout: 'image',
  onnx: (e, { inputs: { x }, attributes }) => e.node('MaxPool', [x.name], onnxWindow(poolWindow(x.shape, attributes))),
  blocked: (e, { inputs: { x }, attributes, outputs: [y] }) => {
    if (y.layout !== 'blocked') return undefined
    return blockedPool(e, 'MaxPool', inLayout(e, x, 'blocked'), blockedWindow(poolWindow(x.shape, attributes)))
  },
  tensorflow: (e, { inputs: { x }, attributes }) => e.typed('MaxPool', x.dtype, [x.name], tfPool(x.shape, attributes)),
})
