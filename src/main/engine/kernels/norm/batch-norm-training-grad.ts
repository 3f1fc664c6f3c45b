import { output, valuesOf } from '../../tfjs/reference.js'
import { defineKernel } from '../define.js'
import { imageMeans, imageProducts, scaled } from '../../onnx/blocked.js'
import type { Emitter } from '../../onnx/emitter.js'
import { inLayout } from '../../onnx/layout.js'
import {
  along,
  centred,
  centredInBlocks,
  channelProduct,
  channelSum,
  inverseDeviation,
  normFactor,
  overBatch,
  perChannel,
} from './channels.js'
import { further } from '../../tensorflow/emitter.js'
import { tfBack, tfImage, tfNorm } from './fused.js'

/**
 * Gradients of batch norm in training, statistics included (Ioffe and Szegedy 2015, section 3), for x, scale and offset.
 * With r = 1 / sqrt(variance + epsilon), n values per channel and sums over a channel:
 * dOffset = sum dy; dScale = r sum dy (x - mean);
 * dx = scale r dy - (scale r^2 dScale / n) (x - mean) - scale r dOffset / n: per channel A dy + B (x - mean) + C.
 */
export const batchNormTrainingGrad = defineKernel<
  'dy' | 'x' | 'scale' | 'mean' | 'variance',
  { readonly epsilon: number }
>('BatchNormTrainingGrad', {
  infer: ({ x, scale }) => [x, scale, scale],
  onnx: (e, { inputs: { dy, x, scale, mean, variance }, attributes: { epsilon } }) => {
    const around = centred(e, x, mean.name)
    const r = inverseDeviation(e, variance.name, epsilon)
    const dOffset = channelSum(e, 'ReduceSum', dy.name, x)
    const dScale = e.node('Mul', [r, channelProduct(e, dy.name, around, x)])
    const a = normFactor(e, scale.name, variance.name, epsilon)
    const { b, c } = factors(e, { a, r, dScale, dOffset, count: perChannel(x) })
    const shifted = e.node('Add', [e.node('Mul', [around, along(e, b, x)]), along(e, c, x)])
    return [e.node('Add', [e.node('Mul', [dy.name, along(e, a, x)]), shifted]), dScale, dOffset]
  },
  blocked: (e, { inputs: { dy, x, scale, mean, variance }, attributes: { epsilon }, outputs: [dx] }) => {
    if (dx.layout !== 'blocked') return undefined
    const channels = scale.shape[0] as number
    const slopes = inLayout(e, dy, 'blocked')
    const around = centredInBlocks(e, inLayout(e, x, 'blocked'), mean.name, channels)
    const r = inverseDeviation(e, variance.name, epsilon)
    const places = perChannel(x) / (x.shape[0] as number)
    const dOffset = e.node('Mul', [overBatch(e, 'ReduceSum', imageMeans(e, slopes)), e.scalar(places)])
    const dScale = e.node('Mul', [r, overBatch(e, 'ReduceSum', imageProducts(e, slopes, around, x))])
    const a = normFactor(e, scale.name, variance.name, epsilon)
    const { b, c } = factors(e, { a, r, dScale, dOffset, count: perChannel(x) })
    const sum = scaled(e, around, b, channels, { bias: c })
    return [scaled(e, slopes, a, channels, { sum }), dScale, dOffset]
  },
  tensorflow: (e, { inputs: { dy, x, scale, mean, variance }, attributes: { epsilon } }) => {
    // The forward operation keeps what its own gradient needs, in a form that depends on the device.
    const forward = e.maker(mean.name, 1)
    const saved = forward?.op === 'FusedBatchNormV3' ? [3, 4, 5].map((i) => further(forward.name, i)) : undefined
    const inputs = [
      tfImage(e, dy),
      tfImage(e, x),
      scale.name,
      ...(saved ?? [mean.name, variance.name, e.floats([0], [])]),
    ]
    const name = e.typed('FusedBatchNormGradV3', x.dtype, inputs, tfNorm(epsilon, true))
    return [tfBack(e, name, x), further(name, 1), further(name, 2)]
  },
  reference: ({ inputs, attrs, backend }) => {
    const [dy, x] = [valuesOf(backend, inputs['dy']), valuesOf(backend, inputs['x'])]
    const [scale, mean] = [valuesOf(backend, inputs['scale']), valuesOf(backend, inputs['mean'])]
    const variance = valuesOf(backend, inputs['variance'])
    const channels = scale.length
    const n = x.length / channels
    const [dScale, dOffset] = [new Float32Array(channels), new Float32Array(channels)]
    const dx = new Float32Array(x.length)
    for (let c = 0; c < channels; c++) {
      const r = 1 / Math.sqrt((variance[c] as number) + (attrs?.['epsilon'] as number))
      const at = Array.from({ length: n }, (_, i) => i * channels + c)
      const normal = at.map((i) => ((x[i] as number) - (mean[c] as number)) * r)
      const sum = at.reduce((total, i) => total + (dy[i] as number), 0)
      const product = at.reduce((total, i, k) => total + (dy[i] as number) * (normal[k] as number), 0)
      at.forEach((i, k) => {
        dx[i] = (scale[c] as number) * r * ((dy[i] as number) - sum / n - ((normal[k] as number) * product) / n)
      })
      dScale[c] = product
      dOffset[c] = sum
    }
    const shape = inputs['x']?.shape ?? []
    return [output(backend, shape, dx), output(backend, [channels], dScale), output(backend, [channels], dOffset)]
  },
})

/** B and C of the comment above; `count` is n. */
function factors(
  e: Emitter,
  of: {
    readonly a: string
    readonly r: string
    readonly dScale: string
    readonly dOffset: string
    readonly count: number
  },
) {
  const perValue = e.node('Mul', [of.a, e.scalar(-1 / of.count)])
  return { b: e.node('Mul', [e.node('Mul', [perValue, of.r]), of.dScale]), c: e.node('Mul', [perValue, of.dOffset]) }
}
