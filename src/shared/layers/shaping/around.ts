import type { Sides } from '../fields.js'

/** An extent with so many pixels more, or less; an open one stays open. */
export function grown(size: number | null | undefined, by: number): number | null {
  return typeof size === 'number' ? size + by : null
}

/** `1 px`, or `0 2 3 1 px` for top, bottom, left and right. */
export function sidesText(sides: Sides): string {
  return `${new Set(sides).size === 1 ? sides[0] : sides.join(' ')} px`
}
