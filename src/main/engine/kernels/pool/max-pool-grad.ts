import { type PoolAttributes, tfPool } from '../conv/window.js'
import { storedShape } from '../../onnx/layout.js'
import { count } from '../../step/step.js'
import { defineKernel } from '../define.js'

/** Gradient of max pooling: each dy goes to the first of the largest values of its window, in reading order. */
export const maxPoolGrad = defineKernel<'dy' | 'input' | 'output', PoolAttributes>('MaxPoolGrad', {
  infer: ({ input }) => [input],
  layout: 'image',
  onnx: (e, { inputs: { dy, input, output } }) => {
    const places = e.reshape(e.extraOutput(output.name), [count(dy.shape)])
    const slopes = e.reshape(dy.name, [count(dy.shape)])
    const zeros = e.node('ConstantOfShape', [e.ints([count(input.shape)])])
    const attributes = { axis: { int: 0 }, reduction: { string: 'add' } }
    return e.reshape(e.node('ScatterElements', [zeros, places, slopes], attributes), storedShape(input.shape, 'image'))
  },
  tensorflow: (e, { inputs: { dy, input, output }, attributes }) =>
    e.typed('MaxPoolGrad', dy.dtype, [input.name, output.name, dy.name], tfPool(input.shape, attributes)),
})
