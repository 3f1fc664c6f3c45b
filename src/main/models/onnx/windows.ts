import { AppError } from '../../../shared/errors.js'
import { reachOf, samePadding, type Window } from '../../../shared/layers/geometry.js'
import type { Shape } from '../../../shared/layers/shapes.js'
import type { Attributes } from '../../engine/onnx/model.js'

/**
 * Attributes of a sliding window: kernel, strides, dilations and pads `[top, left, bottom, right]`, written out where the size
 * is known. For a size that is open until the model runs, ONNX's SAME_UPPER is TensorFlow's 'same': the odd pixel at the
 * bottom and right; `export/unsupported` where it would be needed together with a dilation, which ONNX Runtime refuses.
 */
export function windowAttributes(window: Window, input: Shape): Attributes {
  const { kernel, stride, padding, dilation } = window
  const isDilated = dilation !== undefined && dilation[0] * dilation[1] > 1
  const base: Attributes = {
    kernel_shape: { ints: kernel },
    strides: { ints: stride },
    ...(isDilated && { dilations: { ints: dilation } }),
  }
  if (padding === 'valid') return { ...base, pads: { ints: [0, 0, 0, 0] } }
  const [rows, columns] = [sidePads(window, input, 0), sidePads(window, input, 1)]
  if (rows && columns) return { ...base, pads: { ints: [rows[0], columns[0], rows[1], columns[1]] } }
  if (!isDilated) return { ...base, auto_pad: { string: 'SAME_UPPER' } }
  throw new AppError(
    'export/unsupported',
    `ONNX cannot pad a convolution with stride ${stride.join('x')} and dilation ${dilation.join('x')} for images of any size.`,
    'Give the input a fixed size, or use padding valid.',
  )
}

/** Pixels before and after; `undefined` where they depend on a size that is still open. */
function sidePads(window: Window, input: Shape, side: 0 | 1): readonly [number, number] | undefined {
  const [size, reach, stride] = [input[side] ?? null, reachOf(window, side), window.stride[side]]
  if (size === null) return stride === 1 ? samePadding(reach, reach, 1) : undefined
  return samePadding(size, reach, stride)
}
