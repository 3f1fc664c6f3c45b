import type { TypedArray } from '@tensorflow/tfjs-core'
import { output, valuesOf } from '../../tfjs/reference.js'
import { defineKernel } from '../define.js'

/** Gradient of relu: dy where `x` (relu's input or output) is positive, else 0. Made by the pass `relu-gradient`. */
export const reluGrad = defineKernel<'dy' | 'x'>('ReluGrad', {
  infer: ({ dy }) => [dy],
  onnx: (e, { inputs: { dy, x } }) => {
    const positive = e.once(`positive ${x.name}`, () => e.node('Greater', [x.name, e.scalar(0)]))
    return e.node('Where', [positive, dy.name, e.scalar(0)])
  },
  reference: ({ inputs, backend }) => {
    const dy = valuesOf(backend, inputs['dy'])
    const x = valuesOf(backend, inputs['x'])
    const dx: TypedArray = dy.map((slope, i) => ((x[i] as number) > 0 ? slope : 0))
    return output(backend, inputs['dy']?.shape ?? [], dx)
  },
})
