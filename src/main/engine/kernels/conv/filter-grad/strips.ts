import type { Emitter, Operand } from '../../../onnx/emitter.js'
import { upToBlocks } from '../blocked.js'
import type { Window } from '../window.js'

/** Parts of dy with so many rows each; the last one may end behind it. */
export interface Strips {
  readonly count: number
  readonly rows: number
}

/** Blocks of filters that the library's convolution computes at once. */
export const FILTER_BLOCKS = 4

/** Bytes; second-level caches hold one to two megabytes for each core. */
const CACHE = 1.6e6

/**
 * Strips of dy that stay in the processor's cache while each place of the filter's gradient reads them: larger ones took up to twice
 * the time. Rows of the image that two strips read are copied, but none more than twice.
 */
export function stripsOf(e: Emitter, dy: Operand, { kernel, stride }: Window): Strips {
  const height = dy.shape[1] as number
  if (fitsCache(e, dy) || !canBeStrips(e, dy)) return { count: 1, rows: height }
  const least = Math.ceil(kernel[0] / stride[0]) - 1
  const rows = Math.max(1, least, Math.ceil(height / Math.ceil(bytesRead(e, dy) / CACHE)))
  return { count: Math.ceil(height / rows), rows }
}

/** Whether dy stays in the cache as it is. */
export function fitsCache(e: Emitter, dy: Operand): boolean {
  return bytesRead(e, dy) <= CACHE
}

/** Whether strips can stand in the place of channels: the batch must fill blocks. */
export function canBeStrips(e: Emitter, dy: Operand): boolean {
  return (dy.shape[0] as number) % e.block === 0
}

/** Bytes of dy that the library's convolution goes through for every place of its result. */
function bytesRead(e: Emitter, { shape }: Operand): number {
  const [, height, width, filters] = shape as [number, number, number, number]
  return 4 * height * width * e.block * Math.min(upToBlocks(e, filters), FILTER_BLOCKS * e.block)
}

/**
 * What each strip reads of blocked images of `shape`, one strip after the other in the place of channels, with rows of zeros where the
 * window ends before or behind the image: [pictures, strips * batch, rows, width].
 */
export function readByStrips(
  e: Emitter,
  image: string,
  shape: readonly number[],
  { count, rows }: Strips,
  { kernel, stride, pad }: Window,
): string {
  const [pictures, batch, height, width] = shape as [number, number, number, number]
  const [blocks, tall] = [batch / e.block, (rows - 1) * stride[0] + kernel[0]]
  const cell = width * e.block
  const lines = [e.reshape(image, [pictures, blocks * height, cell]), e.zeros([pictures, 1, cell])]
  const indices = Array.from({ length: count * blocks * tall }, (_, i) => {
    const [strip, block] = [Math.floor(i / tall / blocks), Math.floor(i / tall) % blocks]
    const row = strip * rows * stride[0] + (i % tall) - pad.top
    return row >= 0 && row < height ? block * height + row : blocks * height
  })
  const all = e.node('Concat', lines, { axis: { int: 1 } })
  const strips = e.node('Gather', [all, e.ints(indices)], { axis: { int: 1 } })
  return e.reshape(strips, [pictures, count * batch, tall, width])
}

/** Blocked slopes of so many images and filters with rows of zeros behind, so that they fill all strips. */
export function fillingStrips(e: Emitter, dy: string, shape: readonly number[], { count, rows }: Strips): string {
  const [images, filters, height, width] = shape as [number, number, number, number]
  const more = count * rows - height
  if (more === 0) return dy
  const lines = [images * (filters / e.block), height, width * e.block] as const
  const zeros = e.zeros([lines[0], more, lines[2]])
  return e.node('Concat', [e.reshape(dy, lines), zeros], { axis: { int: 1 } })
}
