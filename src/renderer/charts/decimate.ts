/** Rows for a chart: rising x, then one column per line; `undefined` leaves a line out of a row. */
export interface Rows {
  readonly x: number[]
  readonly ys: readonly (number | undefined)[][]
}

/**
 * Thin out lines that share an x column to at most two rows per bucket, so that a chart costs its width, not its history.
 * Each bucket keeps the smallest and the largest value of every line, in the order they came: no spike is lost.
 * The last row is kept as it is; values that are not finite are left out.
 */
export function decimate(x: Float64Array, ys: readonly Float64Array[], buckets: number): Rows {
  const count = x.length
  const rows: Rows = { x: [], ys: ys.map(() => []) }
  if (count <= 2 * buckets) {
    for (let i = 0; i < count; i++) pushRow(rows, x, ys, i)
    return rows
  }
  const first = x[0]!
  const width = (x[count - 1]! - first) / buckets
  let from = 0
  while (from < count - 1) {
    const end = first + width * (Math.floor((x[from]! - first) / width) + 1)
    let to = from + 1
    while (to < count - 1 && x[to]! < end) to++
    if (to - from <= 2) for (let i = from; i < to; i++) pushRow(rows, x, ys, i)
    else pushExtremes(rows, x, ys, from, to)
    from = to
  }
  pushRow(rows, x, ys, count - 1)
  return rows
}

function pushRow(rows: Rows, x: Float64Array, ys: readonly Float64Array[], i: number): void {
  rows.x.push(x[i]!)
  ys.forEach((y, line) => rows.ys[line]!.push(finite(y[i]!)))
}

function pushExtremes(rows: Rows, x: Float64Array, ys: readonly Float64Array[], from: number, to: number): void {
  rows.x.push(x[from]!, x[to - 1]!)
  ys.forEach((y, line) => {
    let low = -1
    let high = -1
    for (let i = from; i < to; i++) {
      const value = y[i]!
      if (!Number.isFinite(value)) continue
      if (low < 0 || value < y[low]!) low = i
      if (high < 0 || value > y[high]!) high = i
    }
    const [a, b] = low < high ? [low, high] : [high, low]
    rows.ys[line]!.push(a < 0 ? undefined : y[a]!, b < 0 ? undefined : y[b]!)
  })
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined
}
