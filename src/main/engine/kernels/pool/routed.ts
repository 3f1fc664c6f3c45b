import { blockedConv, blockedPool, meets } from '../../onnx/blocked.js'
import type { Emitter } from '../../onnx/emitter.js'
import { storedShape } from '../../onnx/layout.js'
import type { Window } from '../conv/window.js'

/** Images, all blocked, of a max pooling: what it read and made, and the slopes of that. */
interface Pooling {
  readonly x: string
  readonly y: string
  readonly dy: string
}

/**
 * Gradient of max pooling for blocked images, one side after the other: the largest value of a window is the largest among the
 * largest of its rows, and the first one in reading order is the first in its row, of the first such row. So slopes go to rows, and
 * from there to columns; along a side each tap of the window takes, where it meets the largest value, what is left of the slope.
 * A third of the time of MaxPool with indices and ScatterElements, and of windows that do not overlap a fifth.
 */
export function routed(e: Emitter, { x, y, dy }: Pooling, shape: readonly number[], window: Window): string {
  const [rows, columns] = [sideOf(e, shape, window, 0), sideOf(e, shape, window, 1)]
  const rowwise = blockedPool(e, 'MaxPool', x, {
    kernel: columns.both(columns.kernel),
    stride: columns.both(columns.stride),
    pads: columns.pads(columns.before, columns.after),
  })
  return alongSide(e, { x, y: rowwise, dy: alongSide(e, { x: rowwise, y, dy }, rows) }, columns)
}

/** How windows slide along one side of the images, and how these lie in memory: [lines, places, cell]. */
interface Side {
  readonly kernel: number
  readonly stride: number
  readonly before: number
  readonly after: number
  /** Places of the image, and windows. */
  readonly places: number
  readonly windows: number
  readonly channels: number
  readonly lines: number
  readonly cell: number
  /** The images with so many places along this side, as they are stored. */
  readonly stored: (places: number) => number[]
  /** A size for each side: the one along this side, and 1. */
  readonly both: (along: number) => [number, number]
  readonly pads: (before: number, after: number) => number[]
}

function sideOf(e: Emitter, shape: readonly number[], { kernel, stride, pad, out }: Window, side: 0 | 1): Side {
  const [batch, height, width, channels] = shape as [number, number, number, number]
  const images = batch * (channels / e.block)
  const isRows = side === 0
  return {
    kernel: kernel[side],
    stride: stride[side],
    before: isRows ? pad.top : pad.left,
    after: isRows ? pad.bottom : pad.right,
    places: isRows ? height : width,
    windows: out[side],
    channels,
    // Rows are looked at when columns are pooled already.
    lines: isRows ? images : images * height,
    cell: isRows ? out[1] * e.block : e.block,
    stored: (places) =>
      storedShape(isRows ? [batch, places, out[1], channels] : [batch, height, places, channels], 'blocked'),
    both: (along) => (isRows ? [along, 1] : [1, along]),
    pads: (before, after) => (isRows ? [before, 0, after, 0] : [0, before, 0, after]),
  }
}

/** Gradient of a pooling along one side only. */
function alongSide(e: Emitter, { x, y, dy }: Pooling, side: Side): string {
  const { kernel, stride, before, after, places, windows, channels } = side
  // What no other tap took is the last one's.
  const tested = Array.from({ length: kernel - 1 }, (_, tap) => tap)
  const isInside = (tap: number) => tap >= before && (windows - 1) * stride + tap - before < places
  const inside = tested.every(isInside)
  const image = inside ? x : withLowest(e, x, side)
  let rest = dy
  const shares = tested.map((tap) => {
    const share = e.node('Mul', [
      rest,
      meets(e, image, oneTap(e, side, kernel, tap, -1), y, {
        kernel: side.both(kernel),
        stride: side.both(stride),
        pads: inside ? side.pads(before, after) : [0, 0, 0, 0],
        groups: channels,
      }),
    ])
    rest = e.node('Sub', [rest, share])
    return share
  })
  return woven(e, [...shares, rest], side)
}

/** The image with values around it that no window takes: a zero may be the largest. */
function withLowest(e: Emitter, x: string, { lines, places, cell, before, after, stored }: Side): string {
  const lowest = (count: number) => {
    return count > 0 ? [e.node('Expand', [e.scalar(-3e38), e.ints([lines, count, cell])])] : []
  }
  const parts = [...lowest(before), e.reshape(x, [lines, places, cell]), ...lowest(after)]
  return e.reshape(e.node('Concat', parts, { axis: { int: 1 } }), stored(before + places + after))
}

/** The image of what each tap took: places a stride apart are made together, and then put between each other. */
function woven(e: Emitter, shares: readonly string[], side: Side): string {
  const { stride, places, lines, cell, stored } = side
  const length = Math.ceil(places / stride)
  const phases = Array.from({ length: stride }, (_, phase) => phaseOf(e, shares, phase, length, side))
  if (stride === 1) return phases[0] as string
  const cells = phases.map((phase) => e.reshape(phase, [lines * length, 1, cell]))
  const all = e.reshape(e.node('Concat', cells, { axis: { int: 1 } }), [lines, length * stride, cell])
  const range = [[0], [places], [1]].map((values) => e.ints(values))
  return e.reshape(length * stride === places ? all : e.node('Slice', [all, ...range]), stored(places))
}

/** Every stride-th place from `phase` on: the sum of the shares of the taps that reach them. */
function phaseOf(e: Emitter, shares: readonly string[], phase: number, length: number, side: Side): string {
  const { stride, before, windows, stored } = side
  const moves = shares.flatMap((share, tap) => {
    const move = (phase + before - tap) / stride
    return Number.isInteger(move) ? [{ share, move }] : []
  })
  // One that stays where it is need not be copied.
  const [first, ...others] = moves.sort((a, b) => Math.abs(a.move) - Math.abs(b.move))
  if (!first) return e.node('ConstantOfShape', [e.ints(stored(length))])
  const stays = first.move === 0 && windows === length
  const start = stays ? first.share : moved(e, first, length, side)
  return others.reduce((sum, other) => moved(e, other, length, side, sum), start)
}

interface Move {
  readonly share: string
  /** The window whose share the first place gets. */
  readonly move: number
}

/** A share in its place, with zeros where there is no window, added to `sum`: a convolution with a single tap. */
function moved(e: Emitter, { share, move }: Move, length: number, side: Side, sum?: string): string {
  const start = Math.max(0, -move)
  const kernel = 1 + start + Math.max(move, side.windows - length)
  return blockedConv(e, share, oneTap(e, side, kernel, start + move, 1), {
    kernel: side.both(kernel),
    pads: side.pads(start, length - side.windows - start + kernel - 1),
    groups: side.channels,
    sum,
  })
}

/** A depthwise filter along a side with `value` at one tap, the same for all channels. */
function oneTap(e: Emitter, { channels, both }: Side, kernel: number, tap: number, value: number): string {
  const shape = [channels, 1, ...both(kernel)]
  return e.once(`tap [${shape}] ${tap} ${value}`, () => {
    const at = (_: unknown, i: number) => (Math.floor(i / e.block) % kernel === tap ? value : 0)
    return e.floats(shape, Float32Array.from({ length: kernel * channels }, at))
  })
}
