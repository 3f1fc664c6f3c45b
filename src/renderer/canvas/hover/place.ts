import { NODE, type Point } from '../../../shared/pictures/route.js'

/** What a canvas shows: where its origin is and how large, and its own size, px. */
export interface View {
  readonly x: number
  readonly y: number
  readonly zoom: number
  readonly width: number
  readonly height: number
}

export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Space between a node and what is said about it, and between that and the border, px. */
const GAP = 8

/** A node (top left corner) as it lies on the screen. */
export function onScreen([x, y]: Point, { x: x0, y: y0, zoom }: View): Box {
  const [left, top] = [x * zoom + x0, y * zoom + y0]
  return { left, top, right: left + NODE.width * zoom, bottom: top + NODE.height * zoom }
}

/** Where a card of this size stands by a node: below it, or where there is no room above; never out of sight. */
export function besideNode(node: Box, size: readonly [width: number, height: number], view: View): Box {
  const [width, height] = size
  const wished = (node.left + node.right - width) / 2
  const left = Math.max(GAP, Math.min(wished, view.width - width - GAP))
  const isBelow = node.bottom + GAP + height + GAP <= view.height || node.top < view.height - node.bottom
  const top = isBelow ? node.bottom + GAP : node.top - GAP - height
  return { left, top, right: left + width, bottom: top + height }
}

export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

/** Whether a box lies in sight as a whole. */
export function isInSight({ left, top, right, bottom }: Box, { width, height }: View): boolean {
  return left >= 0 && top >= 0 && right <= width && bottom <= height
}
