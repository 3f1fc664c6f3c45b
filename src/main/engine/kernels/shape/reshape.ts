import { util } from '@tensorflow/tfjs-core'
import { inStepOrder, intoLayout } from '../../onnx/layout.js'
import { count } from '../../step/step.js'
import { defineKernel } from '../define.js'

/** The same values, in the step's order, in another shape; one size may be -1. */
export const reshape = defineKernel<'x', { readonly shape: readonly number[] }>('Reshape', {
  infer: ({ x }, { shape }) => [{ shape: util.inferFromImplicitShape([...shape], count(x.shape)), dtype: x.dtype }],
  layout: 'image',
  onnx: (e, { inputs: { x }, outputs: [out] }) =>
    intoLayout(e, e.reshape(inStepOrder(e, x), out.shape), out.shape, out.layout),
  tensorflow: (e, { inputs: { x }, outputs: [out] }) => e.reshape(x, out.shape),
})
