import { backend_util } from '@tensorflow/tfjs-core'
import { fillsBlocks } from '../../onnx/blocked.js'
import { inLayout, storedAxes } from '../../onnx/layout.js'
import { defineKernel } from '../define.js'
import { axesOf } from '../reduce/reduction.js'

/** Tensors one behind the other along an axis. */
export const concat = defineKernel<string, { readonly axis: number }>('Concat', {
  infer: (_inputs, { axis }, list) => {
    const [first] = list
    if (!first) return []
    const shapes = list.map(({ shape }) => [...shape])
    return [{ shape: backend_util.computeOutShape(shapes, axesOf(axis, first.shape)[0] as number), dtype: first.dtype }]
  },
  onnx: (e, { list, attributes: { axis }, outputs: [out] }) =>
    e.node(
      'Concat',
      list.map(({ name }) => name),
      { axis: { int: storedAxes(axesOf(axis, out.shape), out.layout)[0] as number } },
    ),
  blocked: (e, { list, attributes: { axis }, outputs: [out] }) => {
    const whole = list.every(({ shape }) => fillsBlocks(e, shape.at(-1) as number))
    if (out.layout !== 'blocked' || !whole || axesOf(axis, out.shape)[0] !== 3) return undefined
    const parts = list.map((part) => inLayout(e, part, 'blocked'))
    return e.node('Concat', parts, { axis: { int: 1 } })
  },
  tensorflow: (e, { list, attributes: { axis }, outputs: [out] }) =>
    e.typed('ConcatV2', out.dtype, [...list.map(({ name }) => name), e.int(axesOf(axis, out.shape)[0] as number)], {
      N: { int: list.length },
    }),
})
