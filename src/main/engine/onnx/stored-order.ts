import type { Layout } from './emitter.js'
import { storedAxes } from './layout.js'

/** What belongs to each axis of a step, in the order in which a layout stores the axes. */
export function inStoredOrder<T>(perAxis: readonly T[], layout: Layout): readonly T[] {
  const stored: T[] = []
  perAxis.forEach((value, axis) => (stored[placeOf(axis, layout)] = value))
  return stored
}

/** A permutation of a step's axes as one between tensors that are stored. */
export function storedPermutation(perm: readonly number[], from: Layout, to: Layout): readonly number[] {
  return inStoredOrder(
    perm.map((axis) => placeOf(axis, from)),
    to,
  )
}

function placeOf(axis: number, layout: Layout): number {
  return storedAxes([axis], layout)[0] as number
}
