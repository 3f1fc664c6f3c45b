import { samePadding, type Window } from '../../../shared/layers/geometry.js'
import type { Shape } from '../../../shared/layers/shapes.js'
import type { Attributes } from '../../engine/onnx/model.js'

/**
 * Attributes of a sliding window: kernel, strides and pads `[top, left, bottom, right]`, written out where the size is known.
 * For a size that is open until the model runs, ONNX's SAME_UPPER is TensorFlow's 'same': the odd pixel at the bottom and right.
 */
export function windowAttributes({ kernel, stride, padding }: Window, input: Shape): Attributes {
  const base: Attributes = { kernel_shape: { ints: kernel }, strides: { ints: stride } }
  if (padding === 'valid') return { ...base, pads: { ints: [0, 0, 0, 0] } }
  const [rows, columns] = [0, 1].map((side) => sidePads(input[side] ?? null, kernel[side]!, stride[side]!))
  if (!rows || !columns) return { ...base, auto_pad: { string: 'SAME_UPPER' } }
  return { ...base, pads: { ints: [rows[0], columns[0], rows[1], columns[1]] } }
}

/** Pixels before and after; `undefined` where they depend on a size that is still open. */
function sidePads(size: number | null, kernel: number, stride: number): readonly [number, number] | undefined {
  if (size === null) return stride === 1 ? samePadding(kernel, kernel, 1) : undefined
  return samePadding(size, kernel, stride)
}
