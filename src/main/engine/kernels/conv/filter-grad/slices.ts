import type { Emitter, Operand } from '../../../onnx/emitter.js'
import type { Window } from '../window.js'
import { productOfPlaces } from './product.js'

/** Bytes of all shifted images together, above which each tap gets its own product: slower, but nine times less memory. */
const MOST_BYTES = 256 * 2 ** 20

/** The filter's gradient from one slice of the padded image per tap; any stride and dilation. Returns OIHW. */
export function bySlices(e: Emitter, x: Operand, dy: Operand, window: Window, mostBytes = MOST_BYTES): string {
  const [batch, , , channels] = x.shape as [number, number, number, number]
  const [height, width] = window.kernel
  const filters = dy.shape[3] as number
  const places = window.out[0] * window.out[1]
  const slopes = e.reshape(dy.name, [batch, filters, places])
  const product = (patches: string, rows: number) =>
    productOfPlaces(e, e.reshape(patches, [batch, rows, places]), slopes, batch)
  const taps = slices(e, x, window)
  const bytes = 4 * batch * height * width * channels * places
  const hwio =
    bytes > mostBytes || taps.length === 1
      ? joined(
          e,
          taps.map((tap) => product(tap, channels)),
        )
      : product(joined(e, taps), height * width * channels)
  return e.transpose(e.reshape(hwio, [height, width, channels, filters]), [3, 2, 0, 1])
}

/** The image as each tap of the kernel sees it, row by row of the kernel: NCHW of the result's height and width. */
function slices(e: Emitter, x: Operand, window: Window): string[] {
  const { kernel, stride, dilation, out } = window
  const padded = zeroPadded(e, x, window)
  const taps: string[] = []
  for (let i = 0; i < kernel[0]; i++) {
    for (let j = 0; j < kernel[1]; j++) {
      const from = [i * dilation[0], j * dilation[1]] as const
      const to = [from[0] + (out[0] - 1) * stride[0] + 1, from[1] + (out[1] - 1) * stride[1] + 1]
      const range = [from, to, [2, 3], stride].map((values) => e.ints(values))
      taps.push(e.once(`slice ${padded} ${range}`, () => e.node('Slice', [padded, ...range])))
    }
  }
  return taps
}

function joined(e: Emitter, parts: readonly string[]): string {
  if (parts.length === 1) return parts[0] as string
  return e.once(`joined ${parts}`, () => e.node('Concat', parts, { axis: { int: 1 } }))
}

function zeroPadded(e: Emitter, x: Operand, { pad: { top, bottom, left, right } }: Window): string {
  if (top + bottom + left + right === 0) return x.name
  const pads = e.ints([0, 0, top, left, 0, 0, bottom, right])
  return e.once(`pad ${x.name} ${pads}`, () => e.node('Pad', [x.name, pads]))
}
