import { AppError } from '../../../shared/errors.js'
import { paddingAlong, reachOf, samePadding, statedPadding, type Window } from '../../../shared/layers/geometry.js'
import type { Shape } from '../../../shared/layers/shapes.js'
import type { Attributes } from '../../engine/onnx/model.js'

const NONE = [0, 0] as const

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
  const [rows, columns] = [sidePads(window, input, 0), sidePads(window, input, 1)]
  if (rows && columns) return { ...base, ...pads(rows, columns) }
  if (padding !== 'same') return { ...base, ...roundedUp(window) }
  if (!isDilated) return { ...base, auto_pad: { string: 'SAME_UPPER' } }
  throw new AppError(
    'export/unsupported',
    `ONNX cannot pad a convolution with stride ${stride.join('x')} and dilation ${dilation.join('x')} for images of any size.`,
    'Give the input a fixed size, or use padding valid.',
  )
}

function pads(rows: readonly [number, number], columns: readonly [number, number]): Attributes {
  return { pads: { ints: [rows[0], columns[0], rows[1], columns[1]] } }
}

/** Pixels before and after; `undefined` where they depend on a size that is still open. */
function sidePads(window: Window, input: Shape, side: 0 | 1): readonly [number, number] | undefined {
  const [size, reach] = [input[side] ?? null, reachOf(window, side)]
  if (size !== null) return paddingAlong(window, side, size)
  if (window.padding === 'same') return window.stride[side] === 1 ? samePadding(reach, reach, 1) : undefined
  return window.ceil ? undefined : statedPadding(window, side)
}

/**
 * `ceil_mode` for images of any size. Programs differ in whether a last window may begin in the padding behind the image;
 * `export/unsupported` where one could.
 */
function roundedUp(window: Window): Attributes {
  const [rows, columns] = [statedPadding(window, 0) ?? NONE, statedPadding(window, 1) ?? NONE]
  const { kernel, stride } = window
  if (stride[0] <= kernel[0] - rows[1] && stride[1] <= kernel[1] - columns[1]) {
    return { ...pads(rows, columns), ceil_mode: { int: 1 } }
  }
  throw new AppError(
    'export/unsupported',
    `ONNX does not say how many ${kernel.join('x')} windows with stride ${stride.join('x')} fit into images of any size, rounded up.`,
    'Give the input a fixed size, or do not round up.',
  )
}
