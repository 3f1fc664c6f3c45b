import type { Emitter, Operand } from '../../onnx/emitter.js'
import { defineKernel } from '../define.js'
import { convImage, convolved, turnedAround, turnedTaps } from './blocked.js'
import { byPhases } from './phases.js'
import { convWindow, onnxPads, tfWindow, type Pads, type Window, type WindowAttributes } from './window.js'

type InputGradAttributes = WindowAttributes & { readonly inputShape: readonly number[] }

/**
 * Gradient of a convolution's image. At stride 1 it is a convolution of dy with the filter turned by 180 degrees and its
 * channels swapped; at larger strides the transposed convolution (Dumoulin and Visin 2016, sections 4.1 and 4.6).
 */
export const conv2dBackpropInput = defineKernel<'dy' | 'filter', InputGradAttributes>('Conv2DBackpropInput', {
  infer: (_inputs, { inputShape }) => [{ shape: inputShape, dtype: 'float32' }],
  layout: 'image',
  onnx: (e, { inputs: { dy, filter }, attributes }) => {
    const window = convWindow(attributes.inputShape, filter.shape, attributes)
    const [strideY, strideX] = window.stride
    return strideY === 1 && strideX === 1
      ? turned(e, dy, filter, window)
      : transposed(e, dy, filter, window, attributes.inputShape)
  },
  blocked: (e, { inputs: { dy, filter }, attributes, outputs: [out] }) => {
    const window = convWindow(attributes.inputShape, filter.shape, attributes)
    const { kernel, stride, dilation, pad } = window
    if (dilation[0] * dilation[1] > 1) return undefined
    if (stride[0] * stride[1] > 1) {
      return byPhases(e, dy, out, window, { filterOf: (taps) => turnedTaps(e, filter, taps) })
    }
    const slopes = convImage(e, dy)
    if (!slopes) return undefined
    return convolved(e, slopes, turnedAround(e, filter), out, { kernel, pads: turnedPads(kernel, pad) })
  },
  tensorflow: (e, { inputs: { dy, filter }, attributes }) => {
    const window = convWindow(attributes.inputShape, filter.shape, attributes)
    const inputs = [e.ints(attributes.inputShape), filter.name, dy.name]
    return e.typed('Conv2DBackpropInput', dy.dtype, inputs, tfWindow(window, attributes))
  },
})

function turned(e: Emitter, dy: Operand, filter: Operand, { kernel: [height, width], pad }: Window): string {
  const swapped = e.transpose(height * width === 1 ? filter.name : flipped(e, filter), [1, 0, 2, 3])
  const pads = turnedPads([height, width], pad)
  return e.node('Conv', [dy.name, swapped], { kernel_shape: { ints: [height, width] }, pads: { ints: pads } })
}

/** Pads around dy, in ONNX's order, for a kernel that is turned. */
function turnedPads([height, width]: readonly [number, number], { top, bottom, left, right }: Pads): number[] {
  return [height - 1 - top, width - 1 - left, height - 1 - bottom, width - 1 - right]
}

/** The OIHW filter turned by 180 degrees. */
export function flipped(e: Emitter, { name }: Operand): string {
  const [from, to, axes, steps] = [
    [-1, -1],
    [-100000, -100000],
    [2, 3],
    [-1, -1],
  ].map((values) => e.ints(values))
  return e.once(`flip ${name}`, () => e.node('Slice', [name, from, to, axes, steps] as string[]))
}

function transposed(e: Emitter, dy: Operand, filter: Operand, window: Window, x: readonly number[]): string {
  return e.node('ConvTranspose', [dy.name, filter.name], {
    kernel_shape: { ints: window.kernel },
    strides: { ints: window.stride },
    pads: { ints: onnxPads(window.pad) },
    output_padding: { ints: missingPixels(window, x) },
  })
}

/** Rows and columns at the end of an NHWC image that no window reaches, and that a transposed convolution has to add. */
export function missingPixels({ kernel, stride, dilation, pad, out }: Window, x: readonly number[]): number[] {
  const reached = (side: 0 | 1) => (out[side] - 1) * stride[side] + (kernel[side] - 1) * dilation[side] + 1
  const [, height = 0, width = 0] = x
  return [height - (reached(0) - pad.top - pad.bottom), width - (reached(1) - pad.left - pad.right)]
}
