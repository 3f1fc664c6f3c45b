import { paddingAlong, reachOf, samePadding, statedPadding, type Window } from './geometry.js'

/** Rows (or columns) of an input that one row is made of: `count` of them from `from` on, `gap` apart; none for a count of 0. */
export interface Read {
  readonly from: number
  readonly count: number
  readonly gap: number
}

/**
 * Which rows of its input each row of a layer's output is made of: those of row i are `reads[i]`, and row i + `reads.length` reads
 * the same `step` rows further. Rows that are not there count as if the input went on.
 */
export interface Reading {
  readonly step: number
  readonly reads: readonly Read[]
  /** Whether rows beyond the border are those at the border again, not zeros. */
  readonly repeats?: true
}

/** Rows after which a reading must repeat to be followed. */
export const MOST_READS = 4_096

/** What windows read along one side of an image; a size that is open is taken as a multiple of the stride. */
export function windowReading(window: Window, side: 0 | 1, size: number | null | undefined): Reading {
  const { kernel, stride, dilation = [1, 1] } = window
  const before = paddingBefore(size, window, side)
  return { step: stride[side], reads: [{ from: -before, count: kernel[side], gap: dilation[side] }] }
}

function paddingBefore(size: number | null | undefined, window: Window, side: 0 | 1): number {
  if (typeof size === 'number') return paddingAlong(window, side, size)[0]
  const [reach, step] = [reachOf(window, side), window.stride[side]]
  return (statedPadding(window, side) ?? samePadding(reach * step, reach, step))[0]
}
