import type { Emitter, Operand } from '../../onnx/emitter.js'
import { defineKernel } from '../define.js'
import { convWindow, type Window, type WindowAttributes } from './window.js'

type FilterGradAttributes = WindowAttributes & { readonly filterShape: readonly number[] }

/**
 * Gradient of a convolution's filter: for each tap of the kernel the product of the image, shifted by the tap, with dy,
 * summed over batch and places.
 */
export const conv2dBackpropFilter = defineKernel<'x' | 'dy', FilterGradAttributes>('Conv2DBackpropFilter', {
  infer: (_inputs, { filterShape }) => [{ shape: filterShape, dtype: 'float32' }],
  layout: 'filter',
  onnx: (e, { inputs: { x, dy }, attributes }) => {
    const window = convWindow(x.shape, attributes.filterShape, attributes)
    const [height, width, channels, filters] = attributes.filterShape as [number, number, number, number]
    const [batch] = x.shape as [number]
    const places = window.out[0] * window.out[1]
    const rows = e.reshape(dy.name, [batch, filters, places])
    const patches = taps(e, x, window)
    const columns = e.reshape(patches, [batch, height * width * channels, places])
    const perImage = e.node('FusedMatMul', [rows, columns], { transB: { int: 1 } }, 'com.microsoft')
    const total = e.node('ReduceSum', [perImage, e.ints([0])], { keepdims: { int: 0 } })
    return e.node('Transpose', [e.reshape(total, [filters, height, width, channels])], { perm: { ints: [0, 3, 1, 2] } })
  },
})

/** The image shifted by every tap of the kernel, tap by tap along the channels. */
function taps(e: Emitter, x: Operand, { kernel, stride, pad, out }: Window): string {
  const padded = zeroPadded(e, x.name, [pad.top, pad.left, pad.bottom, pad.right])
  if (kernel[0] * kernel[1] === 1 && stride[0] * stride[1] === 1) return padded
  const shifted: string[] = []
  for (let i = 0; i < kernel[0]; i++) {
    for (let j = 0; j < kernel[1]; j++) {
      const to = [i + (out[0] - 1) * stride[0] + 1, j + (out[1] - 1) * stride[1] + 1]
      const range = [[i, j], to, [2, 3], stride].map((values) => e.ints(values))
      shifted.push(e.once(`tap ${padded} ${range}`, () => e.node('Slice', [padded, ...range])))
    }
  }
  return shifted.length === 1
    ? (shifted[0] as string)
    : e.once(`taps ${shifted}`, () => e.node('Concat', shifted, { axis: { int: 1 } }))
}

function zeroPadded(e: Emitter, name: string, [top, left, bottom, right]: [number, number, number, number]): string {
  if (top + left + bottom + right === 0) return name
  const pads = e.ints([0, 0, top, left, 0, 0, bottom, right])
  return e.once(`pad ${name} ${pads}`, () => e.node('Pad', [name, pads]))
}
