import type { Emitter } from '../../onnx/emitter.js'
import { output, valuesOf } from '../../tfjs/reference.js'
import {
  isExplicit,
  onnxPads,
  type PoolAttributes,
  poolWindow,
  tfPool,
  tfPoolSteps,
  type Window,
} from '../conv/window.js'
import type { TfAttributes } from '../../tensorflow/graph-def.js'
import { defineKernel } from '../define.js'
import { eachPlace, sharesOf, wholeShares } from './shares.js'
import { inside, paddedShape } from '../conv/tensorflow.js'

/**
 * Gradient of average pooling: each dy, divided by the number of places its window has inside the image, goes to all of
 * them. tfjs's own kernel divides by the full window at the border too, which is not the gradient of what it computes.
 */
export const averagePoolGrad = defineKernel<'dy' | 'input', PoolAttributes>('AvgPoolGrad', {
  infer: ({ input }) => [input],
  layout: 'image',
  onnx: (e, { inputs: { dy, input }, attributes }) => {
    const window = poolWindow(input.shape, attributes)
    const [, height, width, channels] = input.shape as [number, number, number, number]
    const shares = e.floats([1, 1, ...window.out], sharesOf(window, height, width))
    const shared = e.node('Mul', [dy.name, shares])
    return window.stride[0] * window.stride[1] === 1
      ? spreadByPooling(e, shared, window)
      : spreadByConvolution(e, shared, window, [height, width, channels])
  },
  tensorflow: (e, { inputs: { dy, input }, attributes }) => {
    const grad = (shape: readonly number[], slopes: string, options: TfAttributes) =>
      e.typed('AvgPoolGrad', dy.dtype, [e.ints(shape), slopes], options)
    if (!isExplicit(attributes)) return grad(input.shape, dy.name, tfPool(input.shape, attributes))
    const window = poolWindow(input.shape, attributes)
    const shares = e.floats([1, ...window.out, 1], wholeShares(window, input.shape))
    const slopes = e.typed('Mul', dy.dtype, [dy.name, shares])
    return inside(e, grad(paddedShape(input.shape, window), slopes, tfPoolSteps(window)), input, window)
  },
  reference: ({ inputs, attrs, backend }) => {
    const shape = inputs['input']?.shape as [number, number, number, number]
    const window = poolWindow(shape, attrs as unknown as PoolAttributes)
    const [batch, height, width, channels] = shape
    const shares = sharesOf(window, height, width)
    const dy = valuesOf(backend, inputs['dy'])
    const dx = new Float32Array(batch * height * width * channels)
    for (let b = 0; b < batch; b++)
      eachPlace(window, height, width, (place, y, x) => {
        for (let c = 0; c < channels; c++) {
          const slope = dy[(b * shares.length + place) * channels + c] as number
          const at = ((b * height + y) * width + x) * channels + c
          dx[at] = (dx[at] as number) + slope * (shares[place] as number)
        }
      })
    return output(backend, shape, dx)
  },
})

/** At stride 1 the sum over the windows that cover a place is itself a pooling. */
function spreadByPooling(e: Emitter, shared: string, { kernel, pad }: Window): string {
  const [height, width] = kernel
  const pads = [height - 1 - pad.top, width - 1 - pad.left, height - 1 - pad.bottom, width - 1 - pad.right]
  const options = { kernel_shape: { ints: kernel }, pads: { ints: pads }, count_include_pad: { int: 1 } }
  return e.node('Mul', [e.node('AveragePool', [shared], options), e.scalar(height * width)])
}

function spreadByConvolution(e: Emitter, shared: string, window: Window, size: [number, number, number]): string {
  const { kernel, stride, pad, out } = window
  const [height, width, channels] = size
  const ones = e.ones([channels, 1, ...kernel])
  const missing = [
    height - ((out[0] - 1) * stride[0] + kernel[0] - pad.top - pad.bottom),
    width - ((out[1] - 1) * stride[1] + kernel[1] - pad.left - pad.right),
  ]
  return e.node('ConvTranspose', [shared, ones], {
    kernel_shape: { ints: kernel },
    strides: { ints: stride },
    pads: { ints: onnxPads(pad) },
    output_padding: { ints: missing },
    group: { int: channels },
  })
}
