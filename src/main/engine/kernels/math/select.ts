import { beside } from '../../onnx/layout.js'
import { defineKernel } from '../define.js'

/** `t` where `condition` is true, else `e`; all of one shape. */
export const select = defineKernel<'condition' | 't' | 'e'>('Select', {
  infer: ({ t }) => [t],
  onnx: (emit, { inputs: { condition, t, e }, outputs: [out] }) =>
    emit.node(
      'Where',
      [condition, t, e].map((operand) => beside(emit, operand, out.layout)),
    ),
  tensorflow: (emit, { inputs: { condition, t, e } }) =>
    emit.typed('SelectV2', t.dtype, [condition.name, t.name, e.name]),
})
