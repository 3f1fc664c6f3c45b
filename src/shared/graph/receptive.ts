import { paddingAlong, reachOf, samePadding, statedPadding, type Window } from '../layers/geometry.js'
import { isImage, type Shape } from '../layers/shapes.js'
import type { Expansion } from './expand.js'
import type { FlatNode, ReceptiveField, Sight } from './graph.js'
import { createPass } from './pass.js'

const START: Sight = { size: 1, stride: 1, first: 0 }

const fieldsOf = createPass<ReceptiveField | undefined>(
  (node, fields, facts) => receptiveField(node, facts, fields),
  isSameField,
)

/** Receptive field of every layer of a net where it is known, by path. */
export function receptiveFields(expansion: Expansion): ReadonlyMap<string, ReceptiveField> {
  const fields = new Map<string, ReceptiveField>()
  fieldsOf(expansion).forEach((field, place) => {
    if (field) fields.set(expansion.nodes[place]!.id, field)
  })
  return fields
}

function isSameField(a: ReceptiveField | undefined, b: ReceptiveField | undefined): boolean {
  if (a === b || typeof a !== 'object' || typeof b !== 'object') return a === b
  return isSameSight(a[0], b[0]) && isSameSight(a[1], b[1])
}

function isSameSight(a: Sight, b: Sight): boolean {
  return a === b || (a.size === b.size && a.stride === b.stride && a.first === b.first)
}

/**
 * Receptive field of a layer from those of its inputs (Araujo et al. 2019, "Computing receptive fields of convolutional
 * neural networks"); `undefined` where one before it is not known. Means and deviations that a norm layer takes of the
 * image do not count. Example: three 3x3 convolutions see 7 px, or 15 if the first two have stride 2.
 */
export function receptiveField(
  { layer, params }: FlatNode,
  shapes: { readonly inputs: readonly Shape[]; readonly output?: Shape },
  fields: readonly (ReceptiveField | undefined)[],
): ReceptiveField | undefined {
  if (!shapes.output) return undefined
  if (layer.inputs === 'none') return [START, START]
  const joined = fields.length === 0 ? undefined : fields.reduce(union)
  if (joined === undefined || joined === 'all') return joined
  const x = shapes.inputs.find(isImage)
  if (!x) return joined
  const { output } = shapes
  if (!isImage(output)) return 'all'
  const window = layer.window?.(params)
  if (!window) return shapes.inputs.every((one) => !isImage(one) || hasSize(one, output)) ? joined : undefined
  const [rows, columns] = [through(joined[0], x, window, 0), through(joined[1], x, window, 1)]
  return isExact(rows) && isExact(columns) ? [rows, columns] : undefined
}

function isExact({ size, first }: Sight): boolean {
  return Number.isSafeInteger(size - first)
}

function hasSize(a: Shape, b: Shape): boolean {
  return a[0] === b[0] && a[1] === b[1]
}

/** What is seen of the image by windows over pixels that see `field` of it. */
function through({ size, stride, first }: Sight, x: Shape, window: Window, side: 0 | 1): Sight {
  const [reach, step] = [reachOf(window, side), window.stride[side]]
  const before = paddingBefore(x[side], window, side)
  return { size: size + (reach - 1) * stride, stride: stride * step, first: first - before * stride }
}

/** Rows or columns added before; a size that is open is taken as a multiple of the stride. */
function paddingBefore(size: number | null | undefined, window: Window, side: 0 | 1): number {
  if (typeof size === 'number') return paddingAlong(window, side, size)[0]
  const [reach, step] = [reachOf(window, side), window.stride[side]]
  return (statedPadding(window, side) ?? samePadding(reach * step, reach, step))[0]
}

function union(a: ReceptiveField | undefined, b: ReceptiveField | undefined): ReceptiveField | undefined {
  if (a === undefined || b === undefined) return undefined
  if (a === 'all' || b === 'all') return 'all'
  return [wider(a[0], b[0]), wider(a[1], b[1])]
}

function wider(a: Sight, b: Sight): Sight {
  if (a === b) return a
  const first = Math.min(a.first, b.first)
  const end = Math.max(a.first + a.size, b.first + b.size)
  return { size: end - first, stride: Math.max(a.stride, b.stride), first }
}

/**
 * Share of the values under all windows of a layer that are padding, 0 to 1; 0 without a window, `undefined` while a size is
 * open. Example: 3x3, same, on 7x7: of 21 x 21 values 19 x 19 are pixels, 0.18 is padding.
 */
export function paddingShare({ layer, params }: FlatNode, x: Shape | undefined, output: Shape): number | undefined {
  const window = layer.window?.(params)
  if (!window) return 0
  const rows = pixelShare(window, x?.[0], output[0], 0)
  const columns = pixelShare(window, x?.[1], output[1], 1)
  return rows === undefined || columns === undefined ? undefined : 1 - rows * columns
}

/** Share of the values under the windows of one side that are pixels. */
function pixelShare(window: Window, size: number | null | undefined, count: number | null | undefined, side: 0 | 1) {
  if (typeof size !== 'number' || typeof count !== 'number') return undefined
  const taps = window.kernel[side]
  const [before] = paddingAlong(window, side, size)
  let pixels = 0
  for (let tap = 0; tap < taps; tap++) pixels += hitsOf(window, side, size, count, before, tap)
  return pixels / (count * taps)
}

/** For each place in a window along one side: over how many of the `count` windows a pixel stands there. */
export function tapsOf(window: Window, side: 0 | 1, size: number, count: number): readonly number[] {
  const [before] = paddingAlong(window, side, size)
  return Array.from({ length: window.kernel[side] }, (_, tap) => hitsOf(window, side, size, count, before, tap))
}

function hitsOf(window: Window, side: 0 | 1, size: number, count: number, before: number, tap: number): number {
  const stride = window.stride[side]
  const offset = tap * (window.dilation?.[side] ?? 1) - before
  const first = Math.max(0, Math.ceil(-offset / stride))
  const last = Math.min(count - 1, Math.floor((size - 1 - offset) / stride))
  return Math.max(0, last - first + 1)
}
