import type { Emitter, Operand } from '../../../onnx/emitter.js'
import type { Window } from '../window.js'
import { productOfPlaces, sumOverBatch } from './product.js'

/**
 * The filter's gradient at stride 1 with whole images as the smallest thing copied.
 *
 * Give image and dy rows of one length (zeros behind each row) and read both as lines: then a tap (i, j) is one shift s of
 * the line, and its gradient is the product of dy with the image shifted by s. Put dy at one place per kernel row i and
 * the image at one place per kernel column j, in lines of equal length, so that the shift between row i of the one and
 * row j of the other is that of tap (i, j): a single matrix product gives all taps, from kernel height + kernel width
 * copies instead of height * width.
 */
export interface Placing {
  /** Length of a row with its zeros. */
  readonly pitch: number
  /** Where the image begins in its line for each kernel column. */
  readonly imageAt: readonly number[]
  /** Where dy begins in its line for each kernel row. */
  readonly slopesAt: readonly number[]
  /** Length of a line. */
  readonly length: number
}

/** Where everything goes. */
export function placing(x: Operand, { kernel: [height, width], pad, out }: Window): Placing {
  const [, rows, columns] = x.shape as [number, number, number, number]
  const pitch = columns + Math.max(pad.left, pad.right)
  const lead = pad.top * pitch + pad.left
  const start = Math.max(0, width - 1 - lead)
  const slopesAt = Array.from({ length: height }, (_, i) => start + i * pitch)
  const imageAt = Array.from({ length: width }, (_, j) => start + lead - j)
  const length = Math.max(start + lead + rows * pitch, start + (height - 1) * pitch + out[0] * pitch)
  return { pitch, imageAt, slopesAt, length }
}

/** The filter's gradient as OIHW. */
export function byPlacing(e: Emitter, x: Operand, dy: Operand, window: Window): string {
  const [batch, , , channels] = x.shape as [number, number, number, number]
  const filters = dy.shape[3] as number
  const [height, width] = window.kernel
  const { pitch, imageAt, slopesAt, length } = placing(x, window)
  const product = productOfPlaces(
    e,
    placed(e, dy, pitch, slopesAt, length),
    placed(e, x, pitch, imageAt, length),
    batch,
  )
  return e.transpose(e.reshape(product, [filters, height, channels, width]), [0, 2, 1, 3])
}

/**
 * The filter's gradient of a depthwise convolution at stride 1, as OIHW [channels, 1, height, width]: the same lines, but a
 * product for each channel of each image, summed over the batch afterwards.
 */
export function byPlacingEach(e: Emitter, x: Operand, dy: Operand, window: Window): string {
  const [batch, , , channels] = x.shape as [number, number, number, number]
  const [height, width] = window.kernel
  const { pitch, imageAt, slopesAt, length } = placing(x, window)
  const lines = (of: Operand, at: readonly number[]) =>
    e.reshape(placed(e, of, pitch, at, length), [batch * channels, at.length, length])
  const each = [lines(dy, slopesAt), lines(x, imageAt)]
  const product = e.node('FusedMatMul', each, { transB: { int: 1 } }, 'com.microsoft')
  return e.reshape(sumOverBatch(e, product, batch), [channels, 1, height, width])
}

/** The images at each offset in a line of zeros: [batch, channels * offsets, length]. */
function placed(e: Emitter, x: Operand, pitch: number, offsets: readonly number[], length: number): string {
  const [batch, rows, , channels] = x.shape as [number, number, number, number]
  const line = e.reshape(pitched(e, x, pitch), [batch, channels, rows * pitch])
  return e.once(`placed ${line} ${offsets} ${length}`, () => {
    const zeros = (size: number) => e.zeros([batch, channels, size])
    const parts: string[] = []
    let end = 0
    offsets.forEach((offset, row) => {
      const start = row * length + offset
      if (start > end) parts.push(zeros(start - end))
      parts.push(line)
      end = start + rows * pitch
    })
    if (offsets.length * length > end) parts.push(zeros(offsets.length * length - end))
    const joined = parts.length > 1 ? e.node('Concat', parts, { axis: { int: 2 } }) : line
    return e.reshape(joined, [batch, channels * offsets.length, length])
  })
}

/** NCHW with zeros behind each row, so that rows are `pitch` long. */
function pitched(e: Emitter, x: Operand, pitch: number): string {
  const [batch, rows, columns, channels] = x.shape as [number, number, number, number]
  if (columns === pitch) return x.name
  const behind = [batch, channels, rows, pitch - columns]
  return e.once(`pitched ${x.name} ${pitch}`, () => e.node('Concat', [x.name, e.zeros(behind)], { axis: { int: 3 } }))
}
