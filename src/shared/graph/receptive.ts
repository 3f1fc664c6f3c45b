import { windowReading, type Reading } from '../layers/reading.js'
import { isImage, isSameSize, type Shape } from '../layers/shapes.js'
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
  if (!window && !reads)
    return shapes.inputs.every((one) => !isImage(one) || isSameSize(one, output)) ? joined : undefined
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
