import { getViewportForBounds, type Viewport } from '@xyflow/react'
import { NODE, type Point } from '../../shared/pictures/route.js'
import { READABLE } from './detail.js'

export interface Size {
  readonly width: number
  readonly height: number
}

/** Room at the border, px; the controls stand at the bottom. */
const ROOM = { x: 24, top: 20, bottom: 56 } as const

/** Zoom at which a net that is too long to be seen whole is read. */
const READING = 0.7

export const ZOOM = { min: 0.03, max: 2 } as const

/** The view that shows all of these nodes (top left corners), no larger than life. */
export function fitting(places: readonly Point[], { width, height }: Size, largest = 1): Viewport {
  if (places.length === 0) return { x: 0, y: 0, zoom: 1 }
  return getViewportForBounds(boundsOf(places), width, height, ZOOM.min, largest, {
    x: `${ROOM.x}px`,
    top: `${ROOM.top}px`,
    bottom: `${ROOM.bottom}px`,
  })
}

/**
 * The first view of a picture: all of it where its nodes can be read then. What is too long for that but not too wide, or
 * the other way round, shows its beginning as a page does; what is too large in both directions shows whole, as a map.
 */
export function opening(places: readonly Point[], size: Size): Viewport {
  const whole = fitting(places, size)
  if (places.length === 0 || whole.zoom >= READABLE) return whole
  const { x, y, width, height } = boundsOf(places)
  const [across, down] = [(size.width - 2 * ROOM.x) / width, (size.height - ROOM.top - ROOM.bottom) / height]
  const zoom = Math.min(READING, Math.max(across, down))
  if (zoom < READABLE) return whole
  return across > down
    ? { x: (size.width - width * zoom) / 2 - x * zoom, y: ROOM.top - y * zoom, zoom }
    : { x: ROOM.x - x * zoom, y: (size.height - height * zoom) / 2 - y * zoom, zoom }
}

/** True if a view shows all of these nodes. */
export function showsAll(places: readonly Point[], { x, y, zoom }: Viewport, { width, height }: Size): boolean {
  if (places.length === 0) return true
  const [left, top] = [least(places, 0) * zoom + x, least(places, 1) * zoom + y]
  const [right, bottom] = [(most(places, 0) + NODE.width) * zoom + x, (most(places, 1) + NODE.height) * zoom + y]
  return left >= -8 && top >= -8 && right <= width + 8 && bottom <= height + 8
}

function boundsOf(places: readonly Point[]) {
  const [x, y] = [least(places, 0), least(places, 1)]
  return { x, y, width: most(places, 0) - x + NODE.width, height: most(places, 1) - y + NODE.height }
}

function least(places: readonly Point[], axis: 0 | 1): number {
  return places.reduce((value, at) => Math.min(value, at[axis]), Infinity)
}

function most(places: readonly Point[], axis: 0 | 1): number {
  return places.reduce((value, at) => Math.max(value, at[axis]), -Infinity)
}
