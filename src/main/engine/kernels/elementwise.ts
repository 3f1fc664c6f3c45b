import { backend_util as shapes } from '@tensorflow/tfjs-core'
import { beside } from '../onnx/layout.js'
import type { DType } from '../step/step.js'
import { defineKernel, type Kernel } from './define.js'

/** A kernel of two tensors, combined value by value with broadcasting, that is one ONNX operator. */
export function binary(name: string, operator: string, dtype?: DType): Kernel {
  return defineKernel<'a' | 'b'>(name, {
    infer: ({ a, b }) => [
      { shape: shapes.assertAndGetBroadcastShape([...a.shape], [...b.shape]), dtype: dtype ?? a.dtype },
    ],
    onnx: (e, { inputs: { a, b }, outputs: [out] }) =>
      e.node(operator, [beside(e, a, out.layout), beside(e, b, out.layout)]),
  })
}

/** A kernel of one tensor that is one ONNX operator. */
export function unary(name: string, operator: string): Kernel {
  return defineKernel<'x'>(name, {
    infer: ({ x }) => [x],
    onnx: (e, { inputs: { x } }) => e.node(operator, [x.name]),
  })
}
