import { defineKernel } from '../define.js'
import { tfBack, tfImage, tfNorm } from './fused.js'

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
  tensorflow: (e, { inputs: { x, scale, offset, mean, variance }, attributes: { varianceEpsilon } }) => {
    const inputs = [tfImage(e, x), ...[scale, offset, mean, variance].map(({ name }) => name)]
    return tfBack(e, e.typed('FusedBatchNormV3', x.dtype, inputs, tfNorm(varianceEpsilon, false)), x)
  },
})
