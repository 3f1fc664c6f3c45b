import { inStoredOrder } from '../../onnx/stored-order.js'
import { defineKernel } from '../define.js'

interface PadAttributes {
  readonly paddings: readonly (readonly [number, number])[]
  readonly constantValue: number
}

/** A tensor with so many values before and after along each axis, all of them one constant. */
export const pad = defineKernel<'x', PadAttributes>('PadV2', {
  infer: ({ x }, { paddings }) => [
    { shape: x.shape.map((size, axis) => size + paddings[axis]![0] + paddings[axis]![1]), dtype: x.dtype },
  ],
  onnx: (e, { inputs: { x }, attributes: { paddings, constantValue } }) => {
    const stored = inStoredOrder(paddings, x.layout)
    const pads = e.ints([...stored.map(([before]) => before), ...stored.map(([, after]) => after)])
    return e.node('Pad', [x.name, pads, e.scalar(constantValue)])
  },
  tensorflow: (e, { inputs: { x }, attributes: { paddings, constantValue } }) => {
    const amounts = e.constant('int32', [paddings.length, 2], Int32Array.from(paddings.flat()))
    return e.typed('PadV2', x.dtype, [x.name, amounts, e.scalar(constantValue)], { Tpaddings: { type: 'int32' } })
  },
})
