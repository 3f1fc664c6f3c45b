import { output, valuesOf } from '../../tfjs/reference.js'
import { defineKernel } from '../define.js'

/** A power of two whose product with 6 is exact and huge. */
const STEEP = 2 ** 125

/**
 * Gradient of relu6 from its output y: dy where y lies between 0 and 6, else 0; as in TensorFlow and PyTorch it is 0 at both
 * ends. Made by the pass `relu-gradient`.
 */
export const relu6Grad = defineKernel<'dy' | 'y'>('Relu6Grad', {
  infer: ({ dy }) => [dy],
  valuewise: true,
  onnx: (e, { inputs: { dy, y } }) => {
    // clip(huge y, 0, 1) and clip(huge (6 - y), 0, 1): 0 or 1, each in one pass over memory.
    const above = e.node('HardSigmoid', [y.name], { alpha: { float: STEEP }, beta: { float: 0 } })
    const below = e.node('HardSigmoid', [y.name], { alpha: { float: -STEEP }, beta: { float: 6 * STEEP } })
    return e.node('Mul', [e.node('Mul', [dy.name, above]), below])
  },
  tensorflow: (e, { inputs: { dy, y } }) => e.typed('Relu6Grad', dy.dtype, [dy.name, y.name]),
  reference: ({ inputs, backend }) => {
    const y = valuesOf(backend, inputs['y'])
    const dx = valuesOf(backend, inputs['dy']).map((slope, i) => {
      const value = y[i] as number
      return value > 0 && value < 6 ? slope : 0
    })
    return output(backend, inputs['dy']?.shape ?? [], Float32Array.from(dx))
  },
})
