import type { Emitter } from '../../onnx/emitter.js'
import { type PoolAttributes, poolWindow, tfPool } from '../conv/window.js'
import { inLayout, storedShape } from '../../onnx/layout.js'
import { count } from '../../step/step.js'
import { defineKernel } from '../define.js'
import { routed } from './routed.js'

/** Gradient of max pooling: each dy goes to the first of the largest values of its window, in reading order. */
export const maxPoolGrad = defineKernel<'dy' | 'input' | 'output', PoolAttributes>('MaxPoolGrad', {
  infer: ({ input }) => [input],
  layout: 'image',
  onnx: (e, { inputs: { dy, input, output } }) =>
    scattered(e, dy.name, e.extraOutput(output.name), input.shape, dy.shape),
  blocked: (e, { inputs: { dy, input, output }, attributes, outputs: [dx] }) => {
    if (dx.layout !== 'blocked') return undefined
    const [x, y, slopes] = [input, output, dy].map((image) => inLayout(e, image, 'blocked')) as [string, string, string]
    return routed(e, { x, y, dy: slopes }, input.shape, poolWindow(input.shape, attributes))
  },
  tensorflow: (e, { inputs: { dy, input, output }, attributes }) =>
    e.typed('MaxPoolGrad', dy.dtype, [input.name, output.name, dy.name], tfPool(input.shape, attributes)),
})

/** Each slope added at its place, counted over the whole NCHW tensor. */
function scattered(
  e: Emitter,
  dy: string,
  places: string,
  input: readonly number[],
  output: readonly number[],
): string {
  const flat = [dy, places].map((name) => e.reshape(name, [count(output)])) as [string, string]
  const zeros = e.node('ConstantOfShape', [e.ints([count(input)])])
  const attributes = { axis: { int: 0 }, reduction: { string: 'add' } }
  return e.reshape(e.node('ScatterElements', [zeros, flat[1], flat[0]], attributes), storedShape(input, 'image'))
}
