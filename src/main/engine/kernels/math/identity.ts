import { defineKernel } from '../define.js'

/** The same tensor; tfjs clones what it saves for gradients. The pass `identities` removes them. */
export const identity = defineKernel<'x'>('Identity', {
  infer: ({ x }) => [x],
  onnx: (_e, { inputs: { x } }) => x.name,
  tensorflow: (_e, { inputs: { x } }) => x.name,
})
