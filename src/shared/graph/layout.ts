import { layersOf } from './layers-of.js'

/** A directed graph to be placed: ids, and for each the ids that feed it. */
export interface LayoutGraph {
  readonly ids: readonly string[]
  /** Ids that feed a node, by node; ids not in `ids` are left out. */
  readonly inputs: ReadonlyMap<string, readonly string[]>
}

/** Sizes of a drawing, px: of a node, and of the space between columns and rows, where a shape stands on the wire. */
export const LAYOUT = { width: 168, height: 64, gapX: 72, gapY: 40 } as const

/** Distance of the lines that nodes stand on, px. */
export const GRID = 4

/** Columns after which the picture goes on in a new row below, where one wire crosses; more in a very long net. */
const COLUMNS = 7

/** A node, or the place that a wire takes in a column which it passes. */
interface Cell {
  readonly id: string
  /** Cells of the column before that lead here. */
  readonly from: readonly string[]
  readonly isWire: boolean
}

/**
 * Place nodes in columns from left to right, wires forward, branches below each other and long wires in lanes of their
 * own; a long net wraps into rows at narrow places. Returns the top left corner of each node, on a grid of 4 px. Nodes on
 * a cycle are placed as they come.
 */
export function layoutGraph(graph: LayoutGraph): Map<string, readonly [number, number]> {
  const { width, height, gapX, gapY } = LAYOUT
  const columns = withLanes(layersOf(graph.ids, graph.inputs), graph)
  sortColumns(columns)
  const pitch = height + gapY
  const places = new Map<string, readonly [number, number]>()
  let top = 0
  for (const band of toBands(columns, Math.max(COLUMNS, Math.round(Math.sqrt(columns.length))))) {
    const lanes = lanesOf(band)
    const first = Math.min(...lanes.values())
    band.forEach((cells, column) => {
      for (const { id, isWire } of cells) {
        const y = top + (lanes.get(id)! - first) * pitch
        if (!isWire) places.set(id, [snap(column * (width + gapX)), snap(y)])
      }
    })
    top += (Math.max(...lanes.values()) - first + 1) * pitch + gapY
  }
  return places
}

/** Give every wire that passes columns a place in each of them. */
function withLanes(layers: readonly (readonly string[])[], { inputs }: LayoutGraph): Cell[][] {
  const depth = new Map(layers.flatMap((layer, i) => layer.map((id) => [id, i] as const)))
  const columns: Cell[][] = layers.map(() => [])
  const passing = new Set<string>()
  layers.forEach((layer, i) => {
    for (const id of layer) {
      const from = (inputs.get(id) ?? []).flatMap((source) => {
        const start = depth.get(source)
        if (start === undefined || start >= i) return []
        for (let column = start + 1; column < i; column++) {
          const name = laneOf(source, column)
          if (passing.has(name)) continue
          passing.add(name)
          columns[column]!.push({ id: name, from: [laneOf(source, column - 1, start)], isWire: true })
        }
        return [laneOf(source, i - 1, start)]
      })
      columns[i]!.push({ id, from, isWire: false })
    }
  })
  return columns
}

/** Name of the place that a wire takes in a column; in the column where it starts, of its node. */
function laneOf(source: string, column: number, start?: number): string {
  return column === start ? source : `${source} ${column}`
}

/** Sort each column by the mean place of what feeds it, so that branches do not cross where they need not; skip wires on top. */
function sortColumns(columns: Cell[][]): void {
  const rank = new Map<string, number>()
  for (const cells of columns) {
    const means = new Map(cells.map((cell) => [cell.id, mean(cell.from.flatMap((id) => rank.get(id) ?? [])) ?? 0]))
    cells.sort((a, b) => means.get(a.id)! - means.get(b.id)! || Number(b.isWire) - Number(a.isWire))
    cells.forEach(({ id }, i) => rank.set(id, i - (cells.length - 1) / 2))
  }
}

/** Cut the columns into rows of about `wanted`, each where the fewest wires cross within a third of a row. */
function toBands(columns: readonly Cell[][], wanted: number): Cell[][][] {
  const slack = Math.max(1, Math.floor(wanted / 3))
  const bands: Cell[][][] = []
  let start = 0
  while (columns.length - start > wanted + slack) {
    const cost = (end: number) => 10 * crossing(columns[end - 1]!, columns[end]!) + Math.abs(end - start - wanted)
    let best = start + wanted
    for (let end = start + wanted - slack; end <= start + wanted + slack; end++) if (cost(end) < cost(best)) best = end
    bands.push(columns.slice(start, best))
    start = best
  }
  return [...bands, columns.slice(start)]
}

/** Wires from one column into the next. */
function crossing(before: readonly Cell[], after: readonly Cell[]): number {
  const ids = new Set(before.map((cell) => cell.id))
  return new Set(after.flatMap((cell) => cell.from.filter((id) => ids.has(id)))).size
}

/** Lane of each cell of a band, in rows: close to what feeds it, in order, never two in one place. */
function lanesOf(band: readonly Cell[][]): Map<string, number> {
  const lanes = new Map<string, number>()
  const skips = new Set<string>()
  for (const cells of band) {
    const wishes = cells.map((cell, i) => {
      const siblings = cells.filter((other) => sameFeeds(other, cell))
      const nodes = siblings.filter((other) => !other.isWire)
      const isSkip = cell.isWire && (nodes.length > 0 || cell.from.every((id) => skips.has(id)))
      if (isSkip) skips.add(cell.id)
      const feeds = mean(lanesOfFeeds(cell, lanes, skips))
      if (feeds === undefined) return i
      if (cell.isWire) return nodes.length > 0 ? feeds - 1 : feeds
      return feeds + nodes.indexOf(cell) - (nodes.length - 1) / 2
    })
    const taken = spread(wishes)
    cells.forEach(({ id }, i) => lanes.set(id, taken[i]!))
  }
  return lanes
}

/** Where the feeds of a cell are; a skip wire pulls nothing out of its line, it arcs. */
function lanesOfFeeds(cell: Cell, lanes: ReadonlyMap<string, number>, skips: ReadonlySet<string>): readonly number[] {
  const known = cell.from.filter((id) => lanes.has(id))
  const line = known.filter((id) => !skips.has(id))
  return (line.length > 0 ? line : known).map((id) => lanes.get(id)!)
}

function sameFeeds(a: Cell, b: Cell): boolean {
  return a.from.length === b.from.length && a.from.every((id, i) => id === b.from[i])
}

/** Sorted places at least one apart, moved as little as their mean allows. */
function spread(wishes: readonly number[]): number[] {
  const places: number[] = []
  for (const wish of wishes) places.push(Math.max(wish, (places.at(-1) ?? -Infinity) + 1))
  const drift = (mean(places) ?? 0) - (mean(wishes) ?? 0)
  return places.map((place) => place - drift)
}

function mean(values: readonly number[]): number | undefined {
  return values.length > 0 ? values.reduce((a, b) => a + b, 0) / values.length : undefined
}

/** The nearest place on the grid of the canvas, px. */
export function snap(value: number): number {
  return Math.round(value / GRID) * GRID
}
