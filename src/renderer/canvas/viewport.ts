import { getViewportForBounds, type Viewport } from '@xyflow/react'
import { NODE, type Point } from '../../shared/pictures/route.js'

export interface Size {
  readonly width: number
  readonly height: number
}

/** Room at the border, px; the controls stand at the bottom. */
const ROOM = { x: '24px', top: '20px', bottom: '56px' } as const

export const ZOOM = { min: 0.03, max: 2 } as const

/** The view that shows all of these nodes (top left corners), no larger than life. */
export function fitting(places: readonly Point[], { width, height }: Size, largest = 1): Viewport {
  if (places.length === 0) return { x: 0, y: 0, zoom: 1 }
  const [left, top] = [least(places, 0), least(places, 1)]
  const bounds = {
    x: left,
    y: top,
    width: most(places, 0) - left + NODE.width,
    height: most(places, 1) - top + NODE.height,
  }
  return getViewportForBounds(bounds, width, height, ZOOM.min, largest, ROOM)
}

/** True if a view shows all of these nodes. */
export function showsAll(places: readonly Point[], { x, y, zoom }: Viewport, { width, height }: Size): boolean {
  if (places.length === 0) return true
  const [left, top] = [least(places, 0) * zoom + x, least(places, 1) * zoom + y]
  const [right, bottom] = [(most(places, 0) + NODE.width) * zoom + x, (most(places, 1) + NODE.height) * zoom + y]
  return left >= -8 && top >= -8 && right <= width + 8 && bottom <= height + 8
}

function least(places: readonly Point[], axis: 0 | 1): number {
  return places.reduce((value, at) => Math.min(value, at[axis]), Infinity)
}

function most(places: readonly Point[], axis: 0 | 1): number {
  return places.reduce((value, at) => Math.max(value, at[axis]), -Infinity)
}
