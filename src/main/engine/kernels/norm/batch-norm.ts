import { defineKernel } from '../define.js'
import { scaled } from '../../onnx/blocked.js'
import { inLayout } from '../../onnx/layout.js'
import { inverseDeviation } from './channels.js'
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
  blocked: (e, { inputs: { x, scale, offset, mean, variance }, attributes: { varianceEpsilon }, outputs: [y] }) => {
    if (y.layout !== 'blocked') return undefined
    const factor = e.node('Mul', [scale.name, inverseDeviation(e, variance.name, varianceEpsilon)])
    const bias = e.node('Sub', [offset.name, e.node('Mul', [mean.name, factor])])
    return scaled(e, inLayout(e, x, 'blocked'), factor, scale.shape[0] as number, { bias })
  },
  tensorflow: (e, { inputs: { x, scale, offset, mean, variance }, attributes: { varianceEpsilon } }) => {
    const inputs = [tfImage(e, x), ...[scale, offset, mean, variance].map(({ name }) => name)]
    return tfBack(e, e.typed('FusedBatchNormV3', x.dtype, inputs, tfNorm(varianceEpsilon, false)), x)
  },
})
