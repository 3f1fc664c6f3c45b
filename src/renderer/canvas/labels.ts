import { NODE, type Point } from '../../shared/pictures/route.js'

/** A wire whose shape wants to be shown: the corners of its way, and the width of the words. */
export interface Labelled {
  readonly key: string
  readonly from: string
  readonly way: readonly Point[]
  /** px; 0 for a wire without words. */
  readonly width: number
}

interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  /** The node that a wire or label comes from; none for a node. */
  readonly from?: string
  readonly key?: string
  readonly isLabel?: boolean
}

/** Width of a wire's words in the mono face at their size, px; 0 for none. */
export function labelWidth(text: string): number {
  return text === '' ? 0 : text.length * 6.7 + 8
}

const LABEL_HEIGHT = 16
/** How far words keep from anything that is not their wire, px. */
const CLEAR = 3
/** How far words move along their wire from one try to the next, px. */
const STEP = 12
/** Side of the squares that what is drawn is sorted into, px. */
const CELL = 160

/**
 * Where the words of each wire stand: on the wire, over nothing else. First the middle of its longest level part is tried,
 * then places further along it, then its other parts, and a short bend at its middle. Wires out of one node carry the same, so that their common part may
 * hold the words of one of them. A wire without a free place is left out.
 */
export function placeLabels(wires: readonly Labelled[], nodes: readonly Point[]): ReadonlyMap<string, Point> {
  const squares = new Squares()
  for (const [x, y] of nodes) squares.add({ left: x, top: y, right: x + NODE.width, bottom: y + NODE.height })
  for (const { key, from, way } of wires) {
    for (let i = 1; i < way.length; i++) squares.add({ ...around(way[i - 1]!, way[i]!), from, key })
  }
  const placed = new Map<string, Point>()
  for (const wire of wires) {
    if (wire.width === 0) continue
    const at = freePlace(wire, squares)
    if (!at) continue
    placed.set(wire.key, at)
    squares.add({ ...boxAt(at, wire.width), from: wire.from, isLabel: true })
  }
  return placed
}

function freePlace(wire: Labelled, squares: Squares): Point | undefined {
  for (const point of candidates(wire)) {
    const mayTouch = (other: Box) => other.key === wire.key || isShared(other, wire, point)
    if (squares.isFree(boxAt(point, wire.width), mayTouch)) return point
  }
  return undefined
}

/** A part of another wire out of the same node that runs where the words stand, level or upright as they do. */
function isShared(other: Box, wire: Labelled, [x, y]: Point): boolean {
  if (other.from !== wire.from || other.isLabel) return false
  return (other.top === other.bottom && other.top === y) || (other.left === other.right && other.left === x)
}

/** Middles of the words along a wire, the best first; most wires take the first. */
function* candidates({ way, width }: Labelled): Generator<Point> {
  const parts = way.slice(1).map((to, i) => ({ from: way[i]!, to, length: lengthOf(way[i]!, to) }))
  const isLevel = ({ from, to }: { from: Point; to: Point }) => from[1] === to[1]
  parts.sort((a, b) => Number(isLevel(b)) - Number(isLevel(a)) || b.length - a.length)
  for (const part of parts) yield* onPart(part, isLevel(part) ? width : LABEL_HEIGHT)
  const [start, end] = [way[0]!, way.at(-1)!]
  if (way.length % 2 === 1 && end[0] - start[0] >= width) yield rounded(way[(way.length - 1) / 2]!)
}

/** Places on a straight part that is long enough, from its middle outwards. */
function* onPart({ from, to, length }: { from: Point; to: Point; length: number }, needed: number): Generator<Point> {
  const spare = (length - needed) / 2
  if (spare < 0) return
  yield along(from, to, 0.5)
  for (let off = STEP; off <= spare; off += STEP) {
    yield along(from, to, 0.5 + off / length)
    yield along(from, to, 0.5 - off / length)
  }
}

function lengthOf([x1, y1]: Point, [x2, y2]: Point): number {
  return Math.hypot(x2 - x1, y2 - y1)
}

function along([x1, y1]: Point, [x2, y2]: Point, share: number): Point {
  return rounded([x1 + (x2 - x1) * share, y1 + (y2 - y1) * share])
}

function rounded([x, y]: Point): Point {
  return [Math.round(x), Math.round(y)]
}

function around([x1, y1]: Point, [x2, y2]: Point): Box {
  return { left: Math.min(x1, x2), top: Math.min(y1, y2), right: Math.max(x1, x2), bottom: Math.max(y1, y2) }
}

/** The place that words take around their middle. */
export function boxAt([x, y]: Point, width: number): Box {
  return {
    left: x - width / 2,
    top: y - LABEL_HEIGHT / 2,
    right: x + width / 2,
    bottom: y + LABEL_HEIGHT / 2,
  }
}

/** What is drawn, sorted by place, so that a thousand labels need not look at a thousand wires each. */
class Squares {
  readonly #cells = new Map<number, Box[]>()

  add(box: Box): void {
    for (const cell of cellsOf(box)) {
      const known = this.#cells.get(cell)
      if (known) known.push(box)
      else this.#cells.set(cell, [box])
    }
  }

  /** True if nothing lies in a box or close to it, but for what may. */
  isFree(box: Box, may: (other: Box) => boolean): boolean {
    for (const cell of cellsOf(box)) {
      for (const other of this.#cells.get(cell) ?? []) if (isClose(box, other) && !may(other)) return false
    }
    return true
  }
}

function cellsOf({ left, top, right, bottom }: Box): number[] {
  const cell = (value: number) => Math.floor(value / CELL)
  const [firstX, lastX, firstY, lastY] = [
    cell(left - CLEAR),
    cell(right + CLEAR),
    cell(top - CLEAR),
    cell(bottom + CLEAR),
  ]
  const cells: number[] = []
  for (let x = firstX; x <= lastX; x++) for (let y = firstY; y <= lastY; y++) cells.push(x * 65_536 + y)
  return cells
}

function isClose(a: Box, b: Box): boolean {
  return a.left - CLEAR < b.right && a.right + CLEAR > b.left && a.top - CLEAR < b.bottom && a.bottom + CLEAR > b.top
}
