import { valuesOf } from '../../tfjs/reference.js'
import type { ResampleMode } from '../../../../shared/layers/shaping/resample.js'
import { defineKernel } from '../define.js'
import { onnxProducts, referenceProducts, tfProducts, type Products } from './products.js'
import { resampleWeights, transposed } from './weights.js'

interface ResampleGradAttributes {
  readonly mode: ResampleMode
}

/** Gradient of `Resample`: each slope goes back to the pixels it came from, by the same shares. Of `x` only the shape counts. */
export const resampleGrad = defineKernel<'dy' | 'x', ResampleGradAttributes>('ResampleGrad', {
  infer: ({ x }) => [x],
  layout: 'image',
  onnx: (e, { inputs: { dy, x }, attributes: { mode } }) => {
    const [down, across] = factors(x.shape, dy.shape)
    if (mode !== 'nearest' || !Number.isInteger(down) || !Number.isInteger(across)) {
      return onnxProducts(e, dy.name, backProducts(x.shape, dy.shape, mode))
    }
    // The pixels that one was copied to are a window of their own: their sum is a pooling.
    const steps = { kernel_shape: { ints: [down, across] }, strides: { ints: [down, across] } }
    return e.node('Mul', [e.node('AveragePool', [dy.name], steps), e.scalar(down * across)])
  },
  tensorflow: (e, { inputs: { dy, x }, attributes: { mode } }) => {
    if (mode === 'bilinear') {
      return e.typed('ResizeBilinearGrad', x.dtype, [dy.name, x.name], { half_pixel_centers: { bool: true } })
    }
    return tfProducts(e, dy.name, backProducts(x.shape, dy.shape, mode))
  },
  reference: ({ inputs, attrs, backend }) => {
    const { mode } = attrs as unknown as ResampleGradAttributes
    const products = backProducts(inputs['x']?.shape ?? [], inputs['dy']?.shape ?? [], mode)
    return referenceProducts(backend, valuesOf(backend, inputs['dy']), products)
  },
})

function factors(x: readonly number[], y: readonly number[]): readonly [number, number] {
  return [y[1]! / x[1]!, y[2]! / x[2]!]
}

/** The transposed matrices of the way there. */
function backProducts(x: readonly number[], y: readonly number[], mode: ResampleMode): Products {
  const back = (side: 1 | 2) => transposed(resampleWeights(x[side]!, y[side]!, mode), x[side]!)
  return { rows: back(1), columns: back(2), shape: y }
}
