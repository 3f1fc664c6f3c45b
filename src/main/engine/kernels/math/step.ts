import { defineKernel } from '../define.js'

/** 1 where a value is positive, else `alpha`; NaN counts as not positive. */
export const step = defineKernel<'x', { readonly alpha?: number }>('Step', {
  infer: ({ x }) => [x],
  valuewise: true,
  onnx: (e, { inputs: { x }, attributes }) => {
    const positive = e.once(`positive ${x.name}`, () => e.node('Greater', [x.name, e.scalar(0)]))
    return e.node('Where', [positive, e.scalar(1), e.scalar(attributes.alpha ?? 0)])
  },
  tensorflow: (e, { inputs: { x }, attributes }) => {
    const positive = e.typed('Greater', x.dtype, [x.name, e.scalar(0)])
    return e.typed('SelectV2', x.dtype, [positive, e.scalar(1), e.scalar(attributes.alpha ?? 0)])
  },
})
