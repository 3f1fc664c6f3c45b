import { paddingAlong, type Window } from '../layers/geometry.js'
import { windowReading, type Reading } from '../layers/reading.js'
import { isImage, type Shape } from '../layers/shapes.js'
import type { Expansion } from './expand.js'
import type { FlatNode, ReceptiveField, Sight } from './graph.js'
import { createPass } from './pass.js'
import { isSameSight, through, union } from './sight.js'

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

/**
 * Receptive field of a layer from those of its inputs (Araujo et al. 2019, "Computing receptive fields of convolutional
 * neural networks", and the same for layers that enlarge); `undefined` where one before it is not known. Means and deviations that a
 * norm layer takes of the image do not count. Example: three 3x3 convolutions see 7 px, or 15 if the first two have stride 2.
 */
export function receptiveField(
  node: FlatNode,
  shapes: { readonly inputs: readonly Shape[]; readonly output?: Shape },
  fields: readonly (ReceptiveField | undefined)[],
): ReceptiveField | undefined {
  const { output } = shapes
  if (!output) return undefined
  if (node.layer.inputs === 'none') return [START, START]
  const x = shapes.inputs.find(isImage)
  const joined = joinedOf(fields, x)
  if (joined === undefined || joined === 'all' || !x) return joined
  if (!isImage(output)) return 'all'
  const { window, reads } = node.layer
  if (!window && !reads) return shapes.inputs.every((one) => !isImage(one) || hasSize(one, output)) ? joined : undefined
  const [rows, columns] = [seenThrough(node, joined, x, 0), seenThrough(node, joined, x, 1)]
  return rows && columns && isExact(rows) && isExact(columns) ? [rows, columns] : undefined
}

function seenThrough(node: FlatNode, field: readonly [Sight, Sight], x: Shape, side: 0 | 1): Sight | undefined {
  const reading = readingOf(node, x, side)
  return reading && through(field[side], reading)
}

/** What a layer reads of its image along one side, if that can be said. */
function readingOf({ layer, params }: FlatNode, x: Shape, side: 0 | 1): Reading | undefined {
  const window = layer.window?.(params)
  return window ? windowReading(window, side, x[side]) : layer.reads?.(params, side, x)
}

function isExact({ size, first }: Sight): boolean {
  return Number.isSafeInteger(size) && Number.isSafeInteger(size - first)
}

function hasSize(a: Shape, b: Shape): boolean {
  return a[0] === b[0] && a[1] === b[1]
}

/** What is seen along any of the ways that meet in images of shape x. */
function joinedOf(fields: readonly (ReceptiveField | undefined)[], x: Shape | undefined): ReceptiveField | undefined {
  let joined = fields[0]
  for (let at = 1; at < fields.length && joined !== undefined; at++) {
    const field = fields[at]
    if (field === undefined || field === 'all' || joined === 'all') joined = field && 'all'
    else {
      const [rows, columns]: readonly (Sight | undefined)[] = [union(joined[0], field[0], x?.[0]), union(joined[1], field[1], x?.[1])] // prettier-ignore
      joined = rows && columns ? [rows, columns] : undefined
    }
  }
  return joined
}

/**
 * Share of the values that the places of a layer are made of which lie beyond its image, 0 to 1: zeros of padding, or, of a
 * transposed convolution, of the stretched image that it slides over (Dumoulin and Visin 2016, chapter 4), inserted ones left out.
 * 0 for layers that read inside only, `undefined` while a size is open. Example: 3x3, same, on 7x7: of 21 x 21 values 19 x 19 are pixels, 0.18 is padding.
 */
export function paddingShare({ layer, params }: FlatNode, x: Shape | undefined, output: Shape): number | undefined {
  const window = layer.window?.(params)
  if (!window && !layer.reads) return 0
  const along = (side: 0 | 1) => {
    if (window) return pixelShare(window, x?.[side], output[side], side)
    const reading = layer.reads?.(params, side, x ?? [])
    return reading && readShare(reading, x?.[side], output[side])
  }
  const [rows, columns] = [along(0), along(1)]
  return rows === undefined || columns === undefined ? undefined : 1 - rows * columns
}

/** Share of what is read along one side that is there. */
function readShare(
  { step, reads, repeats }: Reading,
  size: number | null | undefined,
  count: number | null | undefined,
) {
  if (repeats) return 1
  if (typeof size !== 'number' || typeof count !== 'number') return undefined
  let [all, inside] = [0, 0]
  for (let i = 0; i < count; i++) {
    const { from, count: rows, gap } = reads[i % reads.length]!
    const start = from + Math.floor(i / reads.length) * step
    all += rows
    inside += Math.max(
      0,
      Math.min(rows - 1, Math.floor((size - 1 - start) / gap)) - Math.max(0, Math.ceil(-start / gap)) + 1,
    )
  }
  return all === 0 ? 1 : inside / all
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
