import type { Tensor, TypedArray } from '@tensorflow/tfjs-core'
import { output, valuesOf } from '../../tfjs/reference.js'
import { tf } from '../../tf.js'
import { defineKernel } from '../define.js'
import type { Emitter, Operand } from '../../onnx/emitter.js'
import { type BlockedConv, imageMeans, imageProducts, scaled } from '../../onnx/blocked.js'
import { inLayout } from '../../onnx/layout.js'
import { centred, centredInBlocks, channelProduct, channelSum, normFactor, overBatch, perChannel } from './channels.js'
import { further, type GraphEmitter, type TfValue } from '../../tensorflow/emitter.js'
import { tfBack, tfImage, tfNorm } from './fused.js'

/**
 * Batch norm with the statistics of this batch (Ioffe and Szegedy 2015, algorithm 1): y, the mean and the biased variance
 * per channel. The variance is that of centred values: the mean square less the squared mean would cancel in float32.
 */
export const batchNormTraining = defineKernel<'x' | 'scale' | 'offset', { readonly epsilon: number }>(
  'BatchNormTraining',
  {
    infer: ({ x, scale }) => [x, scale, scale],
    gradient: {
      inputsToSave: ['x', 'scale'],
      outputsToSave: [false, true, true],
      gradFunc: (dys, [x, scale, mean, variance], attributes) => {
        const inputs = { dy: (dys as Tensor[])[0] as Tensor, x, scale, mean, variance } as Record<string, Tensor>
        const [dx, dScale, dOffset] = tf.engine().runKernel<Tensor[]>('BatchNormTrainingGrad', inputs, attributes)
        return { x: () => dx as Tensor, scale: () => dScale as Tensor, offset: () => dOffset as Tensor }
      },
    },
    onnx: (e, { inputs, attributes: { epsilon } }) => normalised(e, inputs, epsilon),
    blocked: (e, { inputs, attributes: { epsilon }, outputs: [y] }) =>
      y.layout === 'blocked' ? normalisedInBlocks(e, inputs, epsilon, {}) : undefined,
    tensorflow: (e, { inputs, attributes: { epsilon } }) => tfNormalised(e, inputs, epsilon),
    reference: ({ inputs, attrs, backend }) => {
      const [x, scale, offset] = ['x', 'scale', 'offset'].map((name) => valuesOf(backend, inputs[name]))
      const { y, mean, variance } = referenceNorm(x!, scale!, offset!, attrs?.['epsilon'] as number)
      const [shape, channels] = [inputs['x']?.shape ?? [], mean.length]
      return [output(backend, shape, y), output(backend, [channels], mean), output(backend, [channels], variance)]
    },
  },
)

type Inputs<T> = Readonly<Record<'x' | 'scale' | 'offset', T>>
type Outputs = [y: string, mean: string, variance: string]

/** Batch norm of NCHW images or vectors as ONNX operators. */
export function normalised(e: Emitter, { x, scale, offset }: Inputs<Operand>, epsilon: number): Outputs {
  const mean = channelSum(e, 'ReduceMean', x.name, x)
  const around = centred(e, x, mean)
  const squares = channelProduct(e, around, around, x)
  const variance = e.node('Mul', [squares, e.scalar(1 / perChannel(x))])
  const inputs = [around, scale.name, offset.name, e.zeros(scale.shape), variance]
  return [e.node('BatchNormalization', inputs, { epsilon: { float: epsilon } }), mean, variance]
}

/** Batch norm of blocked images; `more` is added and applied in the last pass. */
export function normalisedInBlocks(
  e: Emitter,
  { x, scale, offset }: Inputs<Operand>,
  epsilon: number,
  more: Pick<BlockedConv, 'sum' | 'activation'>,
): Outputs {
  const channels = scale.shape[0] as number
  const image = inLayout(e, x, 'blocked')
  const mean = overBatch(e, 'ReduceMean', imageMeans(e, image))
  const around = centredInBlocks(e, image, mean, channels)
  const squares = overBatch(e, 'ReduceSum', imageProducts(e, around, around, x))
  const variance = e.node('Mul', [squares, e.scalar(1 / perChannel(x))])
  const factor = normFactor(e, scale.name, variance, epsilon)
  return [scaled(e, around, factor, channels, { bias: offset.name, ...more }), mean, variance]
}

/** Batch norm as TensorFlow operations. */
export function tfNormalised(e: GraphEmitter, { x, scale, offset }: Inputs<TfValue>, epsilon: number): Outputs {
  const none = e.floats([0], [])
  const inputs = [tfImage(e, x), scale.name, offset.name, none, none]
  const name = e.typed('FusedBatchNormV3', x.dtype, inputs, tfNorm(epsilon, true))
  // TensorFlow returns the unbiased variance.
  const n = perChannel(x)
  const variance = e.typed('Mul', x.dtype, [further(name, 2), e.scalar((n - 1) / n)])
  return [tfBack(e, name, x), further(name, 1), variance]
}

/** Batch norm in plain loops: values with the channels last. */
export function referenceNorm(x: TypedArray, scale: TypedArray, offset: TypedArray, epsilon: number) {
  const channels = scale.length
  const [mean, variance] = [new Float32Array(channels), new Float32Array(channels)]
  const y = new Float32Array(x.length)
  for (let c = 0; c < channels; c++) {
    const own = Array.from({ length: x.length / channels }, (_, i) => x[i * channels + c] as number)
    const centre = own.reduce((sum, value) => sum + value, 0) / own.length
    const spread = own.reduce((sum, value) => sum + (value - centre) ** 2, 0) / own.length
    const factor = (scale[c] as number) / Math.sqrt(spread + epsilon)
    own.forEach((value, i) => (y[i * channels + c] = (value - centre) * factor + (offset[c] as number)))
    mean[c] = centre
    variance[c] = spread
  }
  return { y, mean, variance }
}
