import { output, valuesOf } from '../../tfjs/reference.js'
import { type Activated, activated, onnxActivated, tfActivated } from '../activation.js'
import { defineKernel } from '../define.js'
import { inLayout } from '../../onnx/layout.js'
import { beside } from '../../onnx/layout.js'
import { normalised, normalisedInBlocks, referenceNorm, tfNormalised } from './batch-norm-training.js'

type Inputs<T> = Readonly<Record<'x' | 'scale' | 'offset', T>> & { readonly residual?: T }

/**
 * Batch norm in training to whose result an image `residual` (if there is one) is added, and which then goes through an
 * activation: y as the next layer reads it, mean and variance. Made by the pass `fuse-activation`.
 */
export const fusedBatchNormTraining = defineKernel<
  'x' | 'scale' | 'offset' | 'residual',
  Activated & { readonly epsilon: number }
>('FusedBatchNormTraining', {
  infer: ({ x, scale }) => [x, scale, scale],
  onnx: (e, { inputs, attributes: { epsilon, activation }, outputs: [out] }) => {
    const { x, scale, offset, residual }: Inputs<typeof inputs.x> = inputs
    const [y, mean, variance] = normalised(e, { x, scale, offset }, epsilon)
    const sum = residual ? e.node('Add', [y, beside(e, residual, out.layout)]) : y
    return [onnxActivated(e, sum, activation), mean, variance]
  },
  blocked: (e, { inputs, attributes: { epsilon, activation }, outputs: [y] }) => {
    if (y.layout !== 'blocked') return undefined
    const { x, scale, offset, residual }: Inputs<typeof inputs.x> = inputs
    const sum = residual && inLayout(e, residual, 'blocked')
    return normalisedInBlocks(e, { x, scale, offset }, epsilon, { sum, activation })
  },
  tensorflow: (e, { inputs, attributes: { epsilon, activation } }) => {
    const { x, scale, offset, residual }: Inputs<typeof inputs.x> = inputs
    const [y, mean, variance] = tfNormalised(e, { x, scale, offset }, epsilon)
    const sum = residual ? e.typed('AddV2', x.dtype, [y, residual.name]) : y
    return [tfActivated(e, sum, activation), mean, variance]
  },
  reference: ({ inputs, attrs, backend }) => {
    const { epsilon, activation } = attrs as unknown as Activated & { readonly epsilon: number }
    const of = (name: string) => valuesOf(backend, inputs[name])
    const { y, mean, variance } = referenceNorm(of('x'), of('scale'), of('offset'), epsilon)
    const residual = inputs['residual'] ? of('residual') : undefined
    const made = y.map((value, i) => activated(value + (residual?.[i] ?? 0), activation))
    return [
      output(backend, inputs['x']?.shape ?? [], made),
      output(backend, [mean.length], mean),
      output(backend, [mean.length], variance),
    ]
  },
})
