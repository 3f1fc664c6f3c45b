import { LAYOUT } from '../graph/layout.js'

/** Size of a node, px; the layout leaves room for it. */
export const NODE = { width: LAYOUT.width, height: LAYOUT.height } as const

/** A place in a picture, px from its upper left corner. */
export type Point = readonly [x: number, y: number]

/**
 * The way of a wire. `straight`: from right to left, bending in front of its target. `down`: from a row to one below, at
 * height `y` across. `around`: the same where something stands in the way, down at `x`. `arc`: over what it skips, at
 * height `y`. `back`: to the left on the same row.
 */
export type Route =
  | { readonly kind: 'straight' }
  | { readonly kind: 'back' }
  | { readonly kind: 'down' | 'arc'; readonly y: number }
  | { readonly kind: 'around'; readonly x: number; readonly y: number; readonly y2: number }

/** Points where wires meet a node, px from its top left corner. */
export const ANCHORS = {
  in: [0, NODE.height / 2],
  'in-top': [NODE.width / 2, 0],
  out: [NODE.width, NODE.height / 2],
  'out-top': [NODE.width / 2, 0],
  'out-bottom': [NODE.width / 2, NODE.height],
} as const

/** A place on the border of a node where wires leave or enter. */
export type Anchor = keyof typeof ANCHORS

/** Anchors that a kind of route leaves and enters by. */
export const SIDES: Readonly<Record<Route['kind'], readonly [Anchor, Anchor]>> = {
  straight: ['out', 'in'],
  down: ['out-bottom', 'in-top'],
  arc: ['out-top', 'in-top'],
  around: ['out-bottom', 'in-top'],
  back: ['out', 'in'],
}

/** Where a wire meets a node (top left corner). */
export function anchored([x, y]: Point, anchor: Anchor): Point {
  return [x + ANCHORS[anchor][0], y + ANCHORS[anchor][1]]
}

/** Space in front of a node in which wires bend, px. */
const BEND = 72
/** How far from a node wires run along a row, px. */
const GUTTER = 40
/** How far wires into the inputs of one node keep from each other, px. */
const APART = 12
/** How far beside a column wires run down, px. */
const CHANNEL = 20

/** Choose the way of a wire into an input (0-based) between two nodes (top left corners), given all nodes. */
export function routeOf(from: Point, to: Point, input: number, all: readonly Point[]): Route {
  const gap = to[0] - (from[0] + NODE.width)
  const below = to[1] - (from[1] + NODE.height)
  const apart = APART * Math.min(input, 2)
  if (gap >= 0) return forward(from, to, apart, gap > NODE.width ? all : [])
  if (below >= 8) return downward(from, to, apart, below > NODE.height + GUTTER ? all : [])
  return { kind: 'back' }
}

function forward(from: Point, to: Point, apart: number, all: readonly Point[]): Route {
  const y = from[1] + NODE.height / 2
  const [left, right] = [from[0] + NODE.width, to[0] - BEND]
  const isInWay = (at: Point) =>
    at[0] < right && at[0] + NODE.width > left && at[1] < y + 8 && at[1] + NODE.height > y - 8
  const skipped = all.filter(isInWay)
  if (skipped.length === 0) return { kind: 'straight' }
  const top = Math.min(from[1], to[1], ...skipped.map((at) => at[1]))
  return { kind: 'arc', y: top - Math.min(72, 28 + (right - left) / 24) - apart }
}

function downward(from: Point, to: Point, apart: number, all: readonly Point[]): Route {
  const [top, bottom] = [from[1] + NODE.height, to[1]]
  const [x1, x2] = [from[0] + NODE.width / 2, to[0] + NODE.width / 2]
  const between = all.filter((at) => at[1] + NODE.height > top && at[1] < bottom)
  const isFree = (x: number) => !between.some((at) => at[0] - 8 < x && at[0] + NODE.width + 8 > x)
  const rest = Math.min(GUTTER - apart, (bottom - top) / 2)
  const level = (y0: number, sign: 1 | -1, a: number, b: number) =>
    [rest, rest / 2, rest / 4].map((space) => y0 + sign * space).find((y) => isLevelFree(between, y, a, b))
  const low = level(bottom, -1, x1, x2)
  if (isFree(x1) && low !== undefined) return { kind: 'down', y: low }
  const high = level(top, 1, x1, x2)
  if (isFree(x2) && high !== undefined) return { kind: 'down', y: high }
  const sides = [to, from, ...between].flatMap((at) => [at[0] - CHANNEL, at[0] + NODE.width + CHANNEL])
  for (const x of sides.filter(isFree).sort((a, b) => Math.abs(a - x2) - Math.abs(b - x2))) {
    const [y, y2] = [level(top, 1, x1, x), level(bottom, -1, x, x2)]
    if (y !== undefined && y2 !== undefined) return { kind: 'around', x, y, y2 }
  }
  return { kind: 'down', y: bottom - rest }
}

/** True if a level line between two places runs through no node. */
function isLevelFree(nodes: readonly Point[], y: number, a: number, b: number): boolean {
  const [left, right] = [Math.min(a, b), Math.max(a, b)]
  return !nodes.some(
    (at) => at[1] - 4 < y && at[1] + NODE.height + 4 > y && at[0] - 4 < right && at[0] + NODE.width + 4 > left,
  )
}

/** The path of a wire between two points on the sides that its route names. */
export function pathOf(route: Route, from: Point, to: Point): string {
  return route.kind === 'straight' ? straight(from, to) : corners(...cornersOf(route, from, to))
}

/** Points along the way of a wire, close enough to see what it meets: its corners, and a few of a bend. */
export function wayOf(route: Route, from: Point, to: Point): readonly Point[] {
  if (route.kind !== 'straight') return cornersOf(route, from, to)
  if (from[1] === to[1]) return [from, to]
  const start = bendStart(from, to)
  const bend = Array.from({ length: 9 }, (_, i) => onBend([start, from[1]], to, i / 8))
  return start === from[0] ? bend : [from, ...bend]
}

function cornersOf(route: Exclude<Route, { kind: 'straight' }>, [x1, y1]: Point, [x2, y2]: Point): Point[] {
  switch (route.kind) {
    case 'down':
    case 'arc':
      return [
        [x1, y1],
        [x1, route.y],
        [x2, route.y],
        [x2, y2],
      ]
    case 'around': {
      const { x, y, y2: low } = route
      return [
        [x1, y1],
        [x1, y],
        [x, y],
        [x, low],
        [x2, low],
        [x2, y2],
      ]
    }
    case 'back': {
      const top = Math.min(y1, y2) - NODE.height / 2 - GUTTER
      const [right, left] = [x1 + CHANNEL, x2 - CHANNEL]
      return [
        [x1, y1],
        [right, y1],
        [right, top],
        [left, top],
        [left, y2],
        [x2, y2],
      ]
    }
  }
}

function straight([x1, y1]: Point, [x2, y2]: Point): string {
  if (y1 === y2) return `M${x1} ${y1}H${x2}`
  const start = bendStart([x1, y1], [x2, y2])
  const half = (x2 - start) / 2
  return `M${x1} ${y1}H${start}C${start + half} ${y1} ${x2 - half} ${y2} ${x2} ${y2}`
}

function bendStart([x1]: Point, [x2]: Point): number {
  return Math.max(x1, x2 - BEND)
}

/** A point of the bend that `straight` draws, at a share of its curve (cubic Bézier with level ends). */
function onBend([x1, y1]: Point, [x2, y2]: Point, t: number): Point {
  const half = (x2 - x1) / 2
  const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3]
  return [a * x1 + b * (x1 + half) + c * (x2 - half) + d * x2, (a + b) * y1 + (c + d) * y2]
}

/** Level and upright lines through points, with round corners. */
function corners(...points: readonly Point[]): string {
  const distinct = points.filter((p, i) => i === 0 || p[0] !== points[i - 1]![0] || p[1] !== points[i - 1]![1])
  let path = `M${distinct[0]!.join(' ')}`
  for (let i = 1; i < distinct.length - 1; i++) {
    const [before, at, after] = [distinct[i - 1]!, distinct[i]!, distinct[i + 1]!]
    const r = Math.min(16, reach(before, at), reach(at, after))
    path += `L${towards(at, before, r).join(' ')}Q${at.join(' ')} ${towards(at, after, r).join(' ')}`
  }
  return `${path}L${distinct.at(-1)!.join(' ')}`
}

/** Half of the way: two corners share it. */
function reach(a: Point, b: Point): number {
  return (Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1])) / 2
}

function towards(at: Point, other: Point, distance: number): Point {
  return [at[0] + Math.sign(other[0] - at[0]) * distance, at[1] + Math.sign(other[1] - at[1]) * distance]
}
