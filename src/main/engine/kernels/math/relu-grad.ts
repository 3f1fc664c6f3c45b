import type { TypedArray } from '@tensorflow/tfjs-core'
import { output, valuesOf } from '../../tfjs/reference.js'
import { defineKernel } from '../define.js'

/** The largest float32 that a product with 1e-38 still brings above 1. */
const HUGE = 3.4e38

/** Gradient of relu: dy where `x` (relu's input or output) is positive, else 0. Made by the pass `relu-gradient`. */
export const reluGrad = defineKernel<'dy' | 'x'>('ReluGrad', {
  infer: ({ dy }) => [dy],
  valuewise: true,
  onnx: (e, { inputs: { dy, x } }) => {
    // 0 or 1 in one pass over memory: `clip(huge x, 0, 1)`, exact down to the smallest normal number. `Where` takes four times
    // as long.
    const share = e.once(`share ${x.name}`, () =>
      e.node('HardSigmoid', [x.name], { alpha: { float: HUGE }, beta: { float: 0 } }),
    )
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
