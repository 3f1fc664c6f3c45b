import { LAYOUT } from '../../shared/graph/layout.js'

/** Size of a node on the canvas, px; the layout leaves room for it. */
export const NODE = { width: LAYOUT.width, height: LAYOUT.height } as const

/** How far above a row wires from rows above run along, px. */
const GUTTER = 48

export type Point = readonly [x: number, y: number]

/** Which sides a wire leaves and enters by, and how high it arcs over what it skips. */
export interface Route {
  readonly kind: 'straight' | 'down' | 'arc' | 'back'
  /** Height of an arc above the higher end, px. */
  readonly rise: number
}

/** Choose the way of a wire between two nodes (top left corners), given the nodes between them. */
export function routeOf(from: Point, to: Point, others: readonly Point[]): Route {
  const gap = to[0] - (from[0] + NODE.width)
  const below = to[1] - (from[1] + NODE.height)
  if (gap >= 0) {
    const skipped = gap > NODE.width ? others.filter((at) => isBetween(from, to, at)) : []
    if (skipped.length === 0) return { kind: 'straight', rise: 0 }
    const top = Math.min(from[1], to[1])
    const highest = Math.min(top, ...skipped.map((at) => at[1]))
    return { kind: 'arc', rise: top - highest + Math.min(72, 28 + gap / 24) }
  }
  if (below >= 8) return { kind: 'down', rise: 0 }
  return { kind: 'back', rise: 40 }
}

/** True if a straight wire from one node to the other would run through a node at `at`. */
function isBetween(from: Point, to: Point, at: Point): boolean {
  const x0 = from[0] + NODE.width
  const left = Math.max(at[0], x0)
  const right = Math.min(at[0] + NODE.width, to[0])
  if (left >= right) return false
  const y = (x: number) => from[1] + ((to[1] - from[1]) * (x - x0)) / (to[0] - x0) + NODE.height / 2
  const [a, b] = [y(left), y(right)]
  return Math.max(a, b) > at[1] && Math.min(a, b) < at[1] + NODE.height
}

/** The path of a wire between two points on the sides that its route names, and where its label stands. */
export function pathOf({ kind, rise }: Route, [x1, y1]: Point, [x2, y2]: Point): { path: string; label: Point } {
  const middle: Point = [(x1 + x2) / 2, (y1 + y2) / 2]
  switch (kind) {
    case 'straight': {
      const bend = Math.min(Math.max((x2 - x1) / 2, 16), 96)
      const path = y1 === y2 ? `M${x1} ${y1}H${x2}` : curve([x1, y1], [x1 + bend, y1], [x2 - bend, y2], [x2, y2])
      return { path, label: middle }
    }
    case 'down':
      return gutter([x1, y1], [x2, y2])
    case 'arc': {
      const top = Math.min(y1, y2) - rise
      const reach = Math.min(48, Math.abs(x2 - x1) / 3)
      const path =
        `M${x1} ${y1}C${x1} ${top} ${x1} ${top} ${x1 + reach} ${top}` +
        `H${x2 - reach}C${x2} ${top} ${x2} ${top} ${x2} ${y2}`
      return { path, label: [middle[0], top] }
    }
    case 'back': {
      const top = Math.min(y1, y2) - NODE.height / 2 - rise
      const path =
        `M${x1} ${y1}C${x1 + 48} ${y1} ${x1 + 48} ${top} ${x1} ${top}` +
        `H${x2}C${x2 - 48} ${top} ${x2 - 48} ${y2} ${x2} ${y2}`
      return { path, label: [middle[0], top] }
    }
  }
}

/** Down, along the free line above the target's row, and down again, with round corners. */
function gutter([x1, y1]: Point, [x2, y2]: Point): { path: string; label: Point } {
  const y = y2 - Math.min(GUTTER, (y2 - y1) / 2)
  if (Math.abs(x2 - x1) < 1) return { path: `M${x1} ${y1}V${y2}`, label: [x1, y] }
  const side = Math.sign(x2 - x1)
  const r = Math.min(16, Math.abs(x2 - x1) / 2, y - y1, y2 - y)
  const path =
    `M${x1} ${y1}V${y - r}Q${x1} ${y} ${x1 + side * r} ${y}` + `H${x2 - side * r}Q${x2} ${y} ${x2} ${y + r}V${y2}`
  return { path, label: [(x1 + x2) / 2, y] }
}

function curve([a, b]: Point, [c, d]: Point, [e, f]: Point, [g, h]: Point): string {
  return `M${a} ${b}C${c} ${d} ${e} ${f} ${g} ${h}`
}
