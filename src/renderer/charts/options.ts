import type uPlot from 'uplot'
import { decimate } from './decimate.js'
import type { Line } from './lines.js'
import { token } from './theme.js'
import { stepTicks } from './ticks.js'

/** What a chart shows, apart from its size and theme. */
export interface ChartModel {
  readonly lines: readonly Line[]
  readonly range: readonly [number, number]
  /** Words for a value: `1.23`, `52 %`. */
  readonly format: (value: number) => string
  /** Steps of an epoch, where known: then marks below the chart are epochs. */
  readonly stepsPerEpoch: number | undefined
  /** The step being trained: a dotted line. */
  readonly now: number | undefined
  /** The end of the step axis. */
  readonly last: number
}

/** Options of the drawing library; `model` is asked again at each redraw, so that only new lines need a new chart. */
export function chartOptions(model: () => ChartModel, width: number, height: number): uPlot.Options {
  const axis = () => ({
    stroke: () => token('--text-3'),
    grid: { stroke: () => token('--line'), width: 1 },
    ticks: { show: false },
    font: `${token('--t-xs')} ${token('--font')}`,
  })
  return {
    width,
    height,
    padding: [6, 24, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { size: 6 }, drag: { x: false, y: false } },
    scales: {
      x: { time: false, range: () => [0, Math.max(1, model().last)] },
      y: { range: () => [...model().range] },
    },
    axes: [
      {
        ...axis(),
        grid: { show: false },
        size: 22,
        gap: 4,
        splits: (u) => ticks(u).map((t) => t.at),
        values: (u) => ticks(u).map((t) => t.label),
      },
      { ...axis(), size: 40, gap: 6, space: 32, values: (_, splits) => splits.map((value) => model().format(value)) },
    ],
    series: [{}, ...model().lines.map(seriesOf)],
    hooks: { drawAxes: [(u) => drawNow(u, model().now)] },
  }
  function ticks(u: uPlot) {
    return stepTicks(model().last, model().stepsPerEpoch, Math.max(2, u.width / 80))
  }
}

function seriesOf(line: Line): uPlot.Series {
  const points = line.style === 'points'
  const faint = line.style === 'faint'
  return {
    label: line.label,
    stroke: () => token(line.color),
    width: points || faint ? 1 : 1.75,
    alpha: faint ? 0.2 : 1,
    dash: faint ? [] : [...line.dash],
    spanGaps: false,
    points: points
      ? { show: true, size: 6, width: 1.5, stroke: () => token(line.color), fill: () => token('--panel') }
      : { show: false },
  }
}

/** A dotted upright line at the current step. */
function drawNow(u: uPlot, now: number | undefined): void {
  if (now === undefined) return
  const x = Math.round(u.valToPos(now, 'x', true)) + 0.5
  const { ctx, bbox } = u
  ctx.save()
  ctx.strokeStyle = token('--line-strong')
  ctx.lineWidth = devicePixelRatio
  ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio])
  ctx.beginPath()
  ctx.moveTo(x, bbox.top)
  ctx.lineTo(x, bbox.top + bbox.height)
  ctx.stroke()
  ctx.restore()
}

/** Lines as aligned columns, thinned out to the chart's width: lines that share an x column are thinned together. */
export function alignedData(lines: readonly Line[], width: number, join: typeof uPlot.join): uPlot.AlignedData {
  if (lines.length === 0) return [[]]
  const groups: Line[][] = []
  for (const line of lines) {
    const group = groups.find(([first]) => sameColumn(first!.x, line.x))
    if (group) group.push(line)
    else groups.push([line])
  }
  const tables = groups.map((group): uPlot.AlignedData => {
    const columns = group.map((line) => line.y)
    const { x, ys } = decimate(group[0]!.x, columns, Math.max(50, width))
    return [x, ...ys]
  })
  const [x, ...columns] = join(tables)
  const order = groups.flat()
  return [x!, ...lines.map((line) => columns[order.indexOf(line)]!)]
}

function sameColumn(a: Float64Array, b: Float64Array): boolean {
  return a.buffer === b.buffer && a.length === b.length
}
