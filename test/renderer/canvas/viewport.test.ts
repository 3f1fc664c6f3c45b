import { expect, it } from 'vitest'
import { fitting, opening, showsAll } from '../../../src/renderer/canvas/viewport.js'
import { READABLE } from '../../../src/renderer/canvas/detail.js'
import type { Point } from '../../../src/shared/pictures/route.js'

const size = { width: 790, height: 522 }

/** So many rows and columns of nodes, far from the origin. */
function grid(columns: number, rows: number): Point[] {
  return Array.from({ length: columns * rows }, (_, i) => [
    1000 + (i % columns) * 208,
    -500 + Math.floor(i / columns) * 144,
  ])
}

it('shows all of a net whose nodes can be read then', () => {
  expect(opening(grid(5, 5), size)).toEqual(fitting(grid(5, 5), size))
  expect(opening([], size)).toEqual({ x: 0, y: 0, zoom: 1 })
})

it('shows the beginning of what is too long or too wide, at a size that can be read', () => {
  for (const [columns, rows, side] of [
    [6, 16, 'x'],
    [40, 2, 'y'],
  ] as const) {
    const view = opening(grid(columns, rows), size)
    expect(fitting(grid(columns, rows), size).zoom).toBeLessThan(READABLE)
    expect(view.zoom).toBeGreaterThanOrEqual(READABLE)
    expect(showsAll(grid(columns, rows), view, size)).toBe(false)
    expect(showsAll(grid(side === 'x' ? columns : 3, side === 'x' ? 4 : rows), view, size)).toBe(true)
  }
})

it('shows the whole of what is too large in both directions', () => {
  expect(opening(grid(25, 40), size)).toEqual(fitting(grid(25, 40), size))
})
