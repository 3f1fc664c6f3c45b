import { defineKernel } from '../define.js'

/** Batch norm with given statistics: `scale (x - mean) / sqrt(variance + epsilon) + offset` per channel. */
export const batchNorm = defineKernel<
  'x' | 'scale' | 'offset' | 'mean' | 'variance',
  { readonly varianceEpsilon: number }
>('FusedBatchNorm', {
  infer: ({ x }) => [x],
  layout: 'image',
  onnx: (e, { inputs: { x, scale, offset, mean, variance }, attributes: { varianceEpsilon } }) =>
    e.node(
      'BatchNormalization',
      [x, scale, offset, mean, variance].map(({ name }) => name),
      { epsilon: { float: varianceEpsilon } },
    ),
})
