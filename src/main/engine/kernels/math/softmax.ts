import { storedAxes } from '../../onnx/layout.js'
import { defineKernel } from '../define.js'

/** exp(x) / sum(exp(x)) along the last axis: of the classes, or of the channels at each place of an image. */
export const softmax = defineKernel<'logits', { readonly dim: number }>('Softmax', {
  infer: ({ logits }) => [logits],
  onnx: (e, { inputs: { logits } }) => {
    const axis = storedAxes([logits.shape.length - 1], logits.layout)[0] as number
    return e.node('Softmax', [logits.name], { axis: { int: axis } })
  },
  tensorflow: (e, { inputs: { logits } }) => e.typed('Softmax', logits.dtype, [logits.name]),
})
