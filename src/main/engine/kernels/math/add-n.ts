import { beside } from '../../onnx/layout.js'
import { defineKernel } from '../define.js'

/** Sum of a list of tensors of one shape. */
export const addN = defineKernel<string>('AddN', {
  infer: (_inputs, _attributes, list) => list.slice(0, 1),
  valuewise: true,
  onnx: (e, { list, outputs: [out] }) =>
    e.node(
      'Sum',
      list.map((operand) => beside(e, operand, out.layout)),
    ),
  tensorflow: (e, { list, outputs: [out] }) =>
    e.typed(
      'AddN',
      out.dtype,
      list.map(({ name }) => name),
      { N: { int: list.length } },
    ),
})
