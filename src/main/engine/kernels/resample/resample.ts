import type { Tensor } from '@tensorflow/tfjs-core'
import type { Emitter, Operand } from '../../onnx/emitter.js'
import { valuesOf } from '../../tfjs/reference.js'
import type { GraphEmitter, TfValue } from '../../tensorflow/emitter.js'
import { tf } from '../../tf.js'
import type { ResampleMode } from '../../../../shared/layers/shaping/resample.js'
import { defineKernel } from '../define.js'
import { onnxProducts, referenceProducts, tfProducts, type Products } from './products.js'
import { nearestPixel, resampleWeights } from './weights.js'

interface ResampleAttributes {
  /** Height and width of the result. */
  readonly size: readonly [number, number]
  readonly mode: ResampleMode
}

/** NHWC images in another size; see `resampleWeights` for what each pixel is. */
export const resample = defineKernel<'x', ResampleAttributes>('Resample', {
  infer: ({ x }, { size }) => [{ shape: [x.shape[0]!, ...size, x.shape[3]!], dtype: 'float32' }],
  layout: 'image',
  gradient: {
    inputsToSave: ['x'],
    gradFunc: (dy, [x], { mode }) => ({
      x: () =>
        tf.engine().runKernel<Tensor>('ResampleGrad', { dy: dy as Tensor, x: x as Tensor }, { mode: mode as string }),
    }),
  },
  onnx: (e, { inputs: { x }, attributes }) => {
    if (attributes.mode === 'nearest') return onnxNearest(e, x, attributes.size)
    if (attributes.mode === 'adaptive') return onnxProducts(e, x.name, productsOf(x.shape, attributes))
    const sizes = e.ints([x.shape[0]!, x.shape[3]!, ...attributes.size])
    const options = { mode: { string: 'linear' }, coordinate_transformation_mode: { string: 'half_pixel' } }
    return e.node('Resize', [x.name, '', '', sizes], options)
  },
  tensorflow: (e, { inputs: { x }, attributes }) => {
    if (attributes.mode === 'nearest') return tfNearest(e, x, attributes.size)
    if (attributes.mode === 'adaptive') return tfProducts(e, x.name, productsOf(x.shape, attributes))
    return e.typed('ResizeBilinear', x.dtype, [x.name, e.ints(attributes.size)], {
      half_pixel_centers: { bool: true },
    })
  },
  reference: ({ inputs, attrs, backend }) => {
    const attributes = attrs as unknown as ResampleAttributes
    return referenceProducts(backend, valuesOf(backend, inputs['x']), productsOf(inputs['x']?.shape ?? [], attributes))
  },
})

function productsOf(shape: readonly number[], { size, mode }: ResampleAttributes): Products {
  const [, height, width] = shape as [number, number, number]
  return { rows: resampleWeights(height, size[0], mode), columns: resampleWeights(width, size[1], mode), shape }
}

/** By the numbers of the pixels along each side: the runtimes' own operators round where a centre lies on an edge. */
function onnxNearest(e: Emitter, x: Operand, size: readonly [number, number]): string {
  return [0, 1].reduce((image, side) => {
    const pixels = pixelsOf(x.shape[1 + side]!, size[side]!)
    return pixels ? e.node('Gather', [image, e.ints(pixels)], { axis: { int: 2 + side } }) : image
  }, x.name)
}

function tfNearest(e: GraphEmitter, x: TfValue, size: readonly [number, number]): string {
  return [0, 1].reduce((image, side) => {
    const pixels = pixelsOf(x.shape[1 + side]!, size[side]!)
    if (!pixels) return image
    const types = { Tparams: { type: x.dtype }, Tindices: { type: 'int32' }, Taxis: { type: 'int32' } } as const
    return e.node('GatherV2', [image, e.ints(pixels), e.int(1 + side)], types)
  }, x.name)
}

/** Numbers of the pixels that are taken along a side; none if they are all there are. */
function pixelsOf(from: number, to: number): readonly number[] | undefined {
  return from === to ? undefined : Array.from({ length: to }, (_, i) => nearestPixel(i, from, to))
}
