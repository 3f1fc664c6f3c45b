import { backend_util as shapes } from '@tensorflow/tfjs-core'
import { beside } from '../onnx/layout.js'
import type { DType } from '../step/step.js'
import { defineKernel, type Kernel } from './define.js'

/** TensorFlow's names where they differ from tfjs's. */
const TENSORFLOW: Readonly<Record<string, string>> = { Add: 'AddV2', Multiply: 'Mul' }

/** A kernel of two tensors, combined value by value with broadcasting, that is one operator in ONNX and in TensorFlow. */
export function binary(name: string, operator: string, dtype?: DType): Kernel {
  return defineKernel<'a' | 'b'>(name, {
    infer: ({ a, b }) => [
      { shape: shapes.assertAndGetBroadcastShape([...a.shape], [...b.shape]), dtype: dtype ?? a.dtype },
    ],
    valuewise: true,
    onnx: (e, { inputs: { a, b }, outputs: [out] }) =>
      e.node(operator, [beside(e, a, out.layout), beside(e, b, out.layout)]),
    tensorflow: (e, { inputs: { a, b } }) => e.typed(TENSORFLOW[name] ?? name, a.dtype, [a.name, b.name]),
  })
}

/** A kernel of one tensor that is one operator in ONNX and in TensorFlow. */
export function unary(name: string, operator: string): Kernel {
  return defineKernel<'x'>(name, {
    infer: ({ x }) => [x],
    valuewise: true,
    onnx: (e, { inputs: { x } }) => e.node(operator, [x.name]),
    tensorflow: (e, { inputs: { x } }) => e.typed(name, x.dtype, [x.name]),
  })
}
