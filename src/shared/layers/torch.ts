import { paddingAlong, reachOf, statedPadding, type Around, type Window } from './geometry.js'
import { channelsOf, type Shape } from './shapes.js'

/** Padding of rows and columns; open sizes are taken as multiples of the stride. */
function paddings(x: Shape, window: Window): readonly [rows: Around, columns: Around] {
  const along = (side: 0 | 1): Around => {
    const size = x[side] ?? window.stride[side] * reachOf(window, side)
    return statedPadding(window, side) ?? paddingAlong(window, side, size)
  }
  return [along(0), along(1)]
}

const isOdd = ([before, after]: Around) => before !== after

/** `nn.Conv2d` with TensorFlow's `same`: where the odd row or column goes after, zeros are padded in front of it. */
export function torchConv(x: Shape, window: Window, more: Readonly<Record<string, unknown>>, filters: number) {
  const [rows, columns] = paddings(x, window)
  const conv = (padding: readonly [number, number]) => [
    'nn.Conv2d',
    channelsOf(x),
    filters,
    { kernel_size: window.kernel, stride: window.stride, padding, ...more },
  ]
  if (!isOdd(rows) && !isOdd(columns)) return conv([rows[0], columns[0]])
  return ['nn.Sequential', ['nn.ZeroPad2d', [...columns, ...rows]], conv([0, 0])]
}

/** A PyTorch module behind the zeros of explicit padding. */
export function zeroPadded(window: Window, module: readonly unknown[]): readonly unknown[] {
  const [rows, columns] = [statedPadding(window, 0), statedPadding(window, 1)] as readonly Around[]
  return ['nn.Sequential', ['nn.ZeroPad2d', [...(columns ?? []), ...(rows ?? [])]], module]
}

/** A PyTorch pooling module; `undefined` for explicit padding that it does not take: unequal or above half of the window. */
export function torchPool(name: string, x: Shape, window: Window, more: Readonly<Record<string, unknown>> = {}) {
  if (window.padding === 'same') return sameTorchPool(name, x, window, more)
  const sides = [statedPadding(window, 0), statedPadding(window, 1)] as readonly Around[]
  if (sides.some((side, axis) => isOdd(side) || side[0] > (window.kernel[axis] as number) / 2)) return undefined
  const padding = sides.map(([before]) => before)
  const { kernel, stride, ceil } = window
  return [name, { kernel_size: kernel, stride, padding, ...(ceil && { ceil_mode: true }), ...more }]
}

/**
 * A PyTorch pooling module with TensorFlow's `same`. Where the odd row or column goes after, `ceil_mode` lets the last
 * window reach over the border; at stride 1 it cannot, so one more is made before and cropped again.
 */
function sameTorchPool(name: string, x: Shape, window: Window, more: Readonly<Record<string, unknown>> = {}) {
  const sides = paddings(x, window)
  const cropped = sides.map((side, axis) => isOdd(side) && window.stride[axis] === 1)
  const pool = [
    name,
    {
      kernel_size: window.kernel,
      stride: window.stride,
      padding: sides.map((side, axis) => (cropped[axis] ? side[1] : side[0])),
      ...(sides.some((side, axis) => isOdd(side) && !cropped[axis]) && { ceil_mode: true }),
      ...more,
    },
  ]
  if (!cropped.includes(true)) return pool
  return ['nn.Sequential', pool, ['nn.ZeroPad2d', [cropped[1] ? -1 : 0, 0, cropped[0] ? -1 : 0, 0]]]
}
