import { defineKernel } from '../define.js'

/** exp(x) / sum(exp(x)) along the last axis of [batch, classes]. */
export const softmax = defineKernel<'logits', { readonly dim: number }>('Softmax', {
  infer: ({ logits }) => [logits],
  onnx: (e, { inputs: { logits } }) => e.node('Softmax', [logits.name], { axis: { int: -1 } }),
  tensorflow: (e, { inputs: { logits } }) => e.typed('Softmax', logits.dtype, [logits.name]),
})
