import type { KerasCall, KerasSpelling } from './define.js'
import { choice, flag, onlyWhen, sides, type Sides } from './fields.js'
import { paddingAlong, reachOf, samePadding, statedPadding, type Window } from './geometry.js'
import type { Shape } from './shapes.js'

/** The fields that say how the border of a convolution or pooling is padded; `pads` is where explicit padding begins. */
export function paddingFields(doc: string, pads: number) {
  return {
    padding: choice(doc, 'same', 'valid', 'explicit'),
    pads: onlyWhen(sides('Pixels added above, below, left and right.', pads), 'padding', 'explicit'),
  }
}

/** The field of poolings that rounds the number of windows up. */
export function ceilField() {
  const doc = 'Let a last window reach over the end where pixels would be left over, as `ceil_mode` of PyTorch does.'
  return onlyWhen(flag(doc, false), 'padding', 'valid', 'explicit')
}

/** The padding of a window over an NHWC tensor in tfjs's words: a name where there is one, else pixels for each axis. */
export function tfPadding(window: Window, x: readonly number[]) {
  if (window.padding === 'same' || (window.padding === 'valid' && !window.ceil)) return window.padding
  const sizes = [x[1] as number, x[2] as number] as const
  const [rows, columns] = [paddingAlong(window, 0, sizes[0]), paddingAlong(window, 1, sizes[1])]
  if ([...rows, ...columns].every((pixels) => pixels === 0)) return 'valid'
  const same = ([0, 1] as const).map((side) => samePadding(sizes[side], reachOf(window, side), window.stride[side]))
  if (String(same) === String([rows, columns])) return 'same'
  return [[0, 0], [...rows], [...columns], [0, 0]] as [Pair, Pair, Pair, Pair]
}

type Pair = [number, number]

/**
 * The same windows over images of this shape without rounding up: `explicit` with the pixels that a last window reaches over the
 * end, `valid` if there are none; `undefined` where that depends on a size that is open.
 */
export function resolved(window: Window, x: Shape) {
  if (window.padding === 'same') return { padding: 'same', pads: [0, 0, 0, 0] } as const
  const [rows, columns] = [resolvedAlong(window, x, 0), resolvedAlong(window, x, 1)]
  if (!rows || !columns) return undefined
  const pads: Sides = [...rows, ...columns]
  return { padding: pads.some((pixels) => pixels > 0) ? 'explicit' : 'valid', pads } as const
}

function resolvedAlong(window: Window, x: Shape, side: 0 | 1) {
  const size = x[side] ?? null
  if (size !== null) return paddingAlong(window, side, size)
  return window.ceil ? undefined : statedPadding(window, side)
}

/** A layer in Keras' words, which know no pixels on each side: zeros are put in front of it. */
export function padded(window: Window, layer: (padding: string) => KerasCall): KerasSpelling {
  if (window.padding !== 'explicit') return layer(window.padding)
  return [['ZeroPadding2D', { padding: [statedPadding(window, 0), statedPadding(window, 1)] }], layer('valid')]
}
