/** A directed graph to be placed: ids, and for each the ids that feed it. */
export interface LayoutGraph {
  readonly ids: readonly string[]
  /** Ids that feed a node, by node; ids not in `ids` are left out. */
  readonly inputs: ReadonlyMap<string, readonly string[]>
}

export interface LayoutOptions {
  /** Size of a node, px. */
  readonly width: number
  readonly height: number
  /** Space between columns and between rows, px. */
  readonly gapX: number
  readonly gapY: number
  /** Columns after which the picture goes on in a new row below, where one wire crosses. */
  readonly columns: number
}

/** Distances that leave room for a shape on a wire. */
export const LAYOUT: LayoutOptions = { width: 168, height: 64, gapX: 64, gapY: 48, columns: 7 }

/**
 * Place nodes in layers from left to right, wires forward, branches below each other; a long net wraps into rows at
 * narrow places. Returns the top left corner of each node, on a grid of 4 px. Nodes on a cycle are placed as they come.
 */
export function layoutGraph(
  graph: LayoutGraph,
  options: LayoutOptions = LAYOUT,
): Map<string, readonly [number, number]> {
  const layers = toLayers(graph)
  order(layers, graph)
  const bands = toBands(layers, graph, options.columns)
  const places = new Map<string, readonly [number, number]>()
  let top = 0
  for (const band of bands) {
    const tallest = Math.max(...band.map((layer) => layer.length))
    const pitch = options.height + options.gapY
    band.forEach((layer, column) => {
      const lane = place(layer, graph, places, { top, tallest, pitch })
      layer.forEach((id, i) => places.set(id, [snap(column * (options.width + options.gapX)), snap(lane[i]!)]))
    })
    top += tallest * pitch + options.gapY
  }
  return places
}

/** Longest-path layers; what feeds only something late moves next to it. */
function toLayers({ ids, inputs }: LayoutGraph): string[][] {
  const known = new Set(ids)
  const depth = new Map<string, number>()
  const busy = new Set<string>()
  const depthOf = (start: string): number => {
    const stack = [start]
    while (stack.length > 0) {
      const id = stack[stack.length - 1]!
      const feeds = (inputs.get(id) ?? []).filter((from) => known.has(from))
      const open = feeds.filter((from) => !depth.has(from) && !busy.has(from))
      if (open.length > 0 && !depth.has(id)) {
        busy.add(id)
        stack.push(...open)
        continue
      }
      if (!depth.has(id)) depth.set(id, Math.max(-1, ...feeds.map((from) => depth.get(from) ?? -1)) + 1)
      busy.delete(id)
      stack.pop()
    }
    return depth.get(start)!
  }
  const layers: string[][] = []
  for (const id of ids) (layers[depthOf(id)] ??= []).push(id)
  return layers.filter(Boolean)
}

/** Sort each layer by the mean place of what feeds it, so that branches do not cross where they need not. */
function order(layers: string[][], { inputs }: LayoutGraph): void {
  const rank = new Map<string, number>()
  for (const layer of layers) {
    const mean = (id: string) => {
      const ranks = (inputs.get(id) ?? []).flatMap((from) => rank.get(from) ?? [])
      return ranks.length > 0 ? ranks.reduce((a, b) => a + b) / ranks.length : 0
    }
    const means = new Map(layer.map((id) => [id, mean(id)]))
    layer.sort((a, b) => means.get(a)! - means.get(b)!)
    layer.forEach((id, i) => rank.set(id, i - (layer.length - 1) / 2))
  }
}

/** Cut the layers into rows of about `columns`, each cut where the fewest wires cross within a third of a row. */
function toBands(layers: string[][], { inputs }: LayoutGraph, columns: number): string[][][] {
  if (layers.length <= columns + 1) return [layers]
  const column = new Map(layers.flatMap((layer, i) => layer.map((id) => [id, i] as const)))
  const crossing = new Array<number>(layers.length).fill(0)
  for (const [to, feeds] of inputs) {
    for (const from of feeds) {
      const [a, b] = [column.get(from) ?? 0, column.get(to) ?? 0]
      for (let i = a; i < b; i++) crossing[i]!++
    }
  }
  const bands: string[][][] = []
  const slack = Math.max(1, Math.floor(columns / 3))
  let start = 0
  while (layers.length - start > columns + slack) {
    let best = start + columns
    for (let end = start + columns - slack; end <= start + columns + slack; end++) {
      const cost = (end: number) => crossing[end - 1]! * 10 + Math.abs(end - start - columns)
      if (cost(end) < cost(best)) best = end
    }
    bands.push(layers.slice(start, best))
    start = best
  }
  return [...bands, layers.slice(start)]
}

/** Heights of a layer's nodes: close to what feeds them, in order, without overlap, inside the band. */
function place(
  layer: readonly string[],
  { inputs }: LayoutGraph,
  places: ReadonlyMap<string, readonly [number, number]>,
  { top, tallest, pitch }: { readonly top: number; readonly tallest: number; readonly pitch: number },
): number[] {
  const middle = top + ((tallest - 1) / 2) * pitch
  const wish = layer.map((id, i) => {
    const feeds = (inputs.get(id) ?? []).flatMap((from) => places.get(from)?.[1] ?? []).filter((y) => y >= top)
    const spread = (i - (layer.length - 1) / 2) * pitch
    return feeds.length > 0 ? feeds.reduce((a, b) => a + b) / feeds.length + spread : middle + spread
  })
  const lanes: number[] = []
  wish.forEach((y, i) => lanes.push(Math.max(y, i > 0 ? lanes[i - 1]! + pitch : top)))
  const over = Math.max(0, (lanes.at(-1) ?? top) - (top + (tallest - 1) * pitch))
  return lanes.map((y, i) => Math.max(top + i * pitch, y - over))
}

function snap(value: number): number {
  return Math.round(value / 4) * 4
}
