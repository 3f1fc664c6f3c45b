import { blockedPool } from '../../onnx/blocked.js'
import { inLayout } from '../../onnx/layout.js'
import {
  blockedWindow,
  isExplicit,
  onnxWindow,
  type PoolAttributes,
  poolWindow,
  tfPool,
  tfPoolSteps,
} from '../conv/window.js'
import { defineKernel } from '../define.js'
import { wholeShares } from './shares.js'
import { paddedAround } from '../conv/tensorflow.js'

/** Mean of each window; places over the border do not count. */
export const averagePool = defineKernel<'x', PoolAttributes>('AvgPool', {
  infer: ({ x }, attributes) => [{ shape: poolWindow(x.shape, attributes).outShape, dtype: x.dtype }],
  layout: 'image',
  onnx: (e, { inputs: { x }, attributes }) =>
    e.node('AveragePool', [x.name], { ...onnxWindow(poolWindow(x.shape, attributes)), count_include_pad: { int: 0 } }),
  blocked: (e, { inputs: { x }, attributes, outputs: [y] }) => {
    if (y.layout !== 'blocked') return undefined
    return blockedPool(e, 'AveragePool', inLayout(e, x, 'blocked'), blockedWindow(poolWindow(x.shape, attributes)))
  },
  tensorflow: (e, { inputs: { x }, attributes }) => {
    if (!isExplicit(attributes)) return e.typed('AvgPool', x.dtype, [x.name], tfPool(x.shape, attributes))
    const window = poolWindow(x.shape, attributes)
    const mean = e.typed('AvgPool', x.dtype, [paddedAround(e, x, window)], tfPoolSteps(window))
    return e.typed('Mul', x.dtype, [mean, e.floats([1, ...window.out, 1], wholeShares(window, x.shape))])
  },
})
