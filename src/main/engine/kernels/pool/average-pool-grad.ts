import type { Emitter } from '../../onnx/emitter.js'
import { output, valuesOf } from '../../tfjs/reference.js'
import { onnxPads, type PoolAttributes, poolWindow, tfPool, type Window } from '../conv/window.js'
import { defineKernel } from '../define.js'

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
  tensorflow: (e, { inputs: { dy, input }, attributes }) =>
    e.typed('AvgPoolGrad', dy.dtype, [e.ints(input.shape), dy.name], tfPool(input.shape, attributes)),
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
  const ones = e.floats([channels, 1, ...kernel], new Float32Array(channels * kernel[0] * kernel[1]).fill(1))
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

/** One over the number of places inside the image, for each window. */
function sharesOf(window: Window, height: number, width: number): Float32Array {
  const counts = new Float32Array(window.out[0] * window.out[1])
  eachPlace(window, height, width, (place) => (counts[place] = (counts[place] as number) + 1))
  return counts.map((places) => 1 / places)
}

/** Call `visit` for every place inside the image of every window. */
function eachPlace(
  { kernel, stride, pad, out }: Window,
  height: number,
  width: number,
  visit: (window: number, y: number, x: number) => void,
) {
  for (let row = 0; row < out[0]; row++)
    for (let column = 0; column < out[1]; column++)
      for (let i = 0; i < kernel[0]; i++)
        for (let j = 0; j < kernel[1]; j++) {
          const y = row * stride[0] - pad.top + i
          const x = column * stride[1] - pad.left + j
          if (y >= 0 && y < height && x >= 0 && x < width) visit(row * out[1] + column, y, x)
        }
}
