import type { TypedArray } from '@tensorflow/tfjs-core'
import { ELEMENT } from '../../onnx/model.js'
import { output, valuesOf } from '../../tfjs/reference.js'
import { defineKernel } from '../define.js'

/** Gradient of relu: dy where `x` (relu's input or output) is positive, else 0. Made by the pass `relu-gradient`. */
export const reluGrad = defineKernel<'dy' | 'x'>('ReluGrad', {
  infer: ({ dy }) => [dy],
  onnx: (e, { inputs: { dy, x } }) => {
    // `Where` takes twice as long: ONNX Runtime runs it as two selections and a merge.
    const positive = e.once(`positive ${x.name}`, () => e.node('Greater', [x.name, e.scalar(0)]))
    const share = e.once(`share ${positive}`, () => e.node('Cast', [positive], { to: { int: ELEMENT.float32 } }))
    return e.node('Mul', [dy.name, share])
  },
  tensorflow: (e, { inputs: { dy, x } }) => e.typed('ReluGrad', dy.dtype, [dy.name, x.name]),
  reference: ({ inputs, backend }) => {
    const dy = valuesOf(backend, inputs['dy'])
    const x = valuesOf(backend, inputs['x'])
    const dx: TypedArray = dy.map((slope, i) => ((x[i] as number) > 0 ? slope : 0))
    return output(backend, inputs['dy']?.shape ?? [], dx)
  },
})
