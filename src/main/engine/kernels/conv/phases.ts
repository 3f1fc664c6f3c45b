import { blockedConv, fillsBlocks } from '../../onnx/blocked.js'
import type { Emitter, Operand } from '../../onnx/emitter.js'
import { inLayout } from '../../onnx/layout.js'
import type { Taps } from './blocked.js'
import type { Window } from './window.js'

/** Along one side: which places of the image a phase makes, and from which taps and slopes. */
interface Phase {
  /** First tap; the others follow a stride apart. */
  readonly tap: number
  readonly taps: number
  /** Rows of zeros around dy. */
  readonly pads: readonly [number, number]
}

/**
 * The gradient of the image of a convolution with stride s, blocked. Places that lie s apart are reached by the same taps, so they
 * are a convolution of dy at stride 1 with every s-th tap (Dumoulin and Visin 2016, section 4.6, without the multiplications by
 * zero); s * s such images, woven together, are the gradient. `filterOf` makes the filter that takes dy back, of some of the taps.
 * Undefined where sides are not multiples of the stride.
 */
export function byPhases(
  e: Emitter,
  dy: Operand,
  out: Operand,
  window: Window,
  { filterOf, groups = 1 }: { readonly filterOf: (taps: Taps) => string; readonly groups?: number },
): string | undefined {
  const [batch, height, width, channels] = out.shape as [number, number, number, number]
  const [rows, columns] = [phases(window, 0, height), phases(window, 1, width)]
  if (!rows || !columns || !fillsBlocks(e, channels) || !fillsBlocks(e, dy.shape[3] as number)) return undefined
  const slopes = inLayout(e, dy, 'blocked')
  const size = [height / rows.length, width / columns.length]
  const place = (row: Phase, column: Phase) => {
    if (row.taps * column.taps === 0) return zeros(e, [batch, channels, ...size])
    const [sy, sx] = window.stride
    const filter = filterOf({ from: [row.tap, column.tap], step: [sy, sx], count: [row.taps, column.taps] })
    const pads = [row.pads[0], column.pads[0], row.pads[1], column.pads[1]]
    return blockedConv(e, slopes, filter, { kernel: [row.taps, column.taps], pads, groups })
  }
  const blocks = batch * (channels / e.block)
  const wovenRows = rows.map((row) => {
    const cells = columns.map((column) => e.reshape(place(row, column), [blocks * size[0]! * size[1]!, 1, e.block]))
    const woven = cells.length === 1 ? (cells[0] as string) : e.node('Concat', cells, { axis: { int: 1 } })
    return e.reshape(woven, [blocks * size[0]!, 1, width * e.block])
  })
  const woven = wovenRows.length === 1 ? (wovenRows[0] as string) : e.node('Concat', wovenRows, { axis: { int: 1 } })
  return e.reshape(woven, [batch, channels, height, width])
}

/** The phases of a side, in the order of its places; undefined if they are not equally long or would need slopes cut off. */
function phases({ kernel, stride, pad, out }: Window, side: 0 | 1, length: number): Phase[] | undefined {
  const [step, start] = [stride[side], side === 0 ? pad.top : pad.left]
  if (length % step > 0) return undefined
  const found = Array.from({ length: step }, (_, place): Phase => {
    // Place p is reached by tap t from slope (p + start - t) / step.
    const tap = (place + start) % step
    const taps = Math.max(0, Math.ceil((kernel[side] - tap) / step))
    const first = Math.floor((place + start) / step)
    const last = first + length / step - 1
    return { tap, taps, pads: [taps - 1 - first, last - (out[side] - 1)] }
  })
  return found.every(({ taps, pads }) => taps === 0 || pads.every((count) => count >= 0)) ? found : undefined
}

/** Made when they are needed: they are as large as an image, and a constant would stay in memory. */
function zeros(e: Emitter, shape: readonly number[]): string {
  return e.once(`zeros ${shape}`, () => e.node('ConstantOfShape', [e.ints(shape)]))
}
