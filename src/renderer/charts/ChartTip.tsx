import { grouped } from '../ui/format.js'
import type { Line } from './lines.js'
import type { ChartModel } from './options.js'
import { Swatch } from './Swatch.js'

/** Where the pointer is in a chart. */
export interface Hover {
  /** px from the chart's left edge. */
  readonly left: number
  readonly width: number
  readonly step: number
}

/** The values under the pointer: what each trend was at that step, and the last validation before it. */
export function ChartTip({ hover, model }: { readonly hover: Hover; readonly model: ChartModel }) {
  const rows = model.lines
    .filter((line) => line.style !== 'faint')
    .map((line) => ({ line, value: valueAt(line, hover.step) }))
    .filter((row) => row.value !== undefined)
  if (rows.length === 0) return undefined
  const side = hover.left > hover.width / 2 ? 'chart-tip chart-tip-left' : 'chart-tip'
  return (
    <div className={side} style={{ left: hover.left }} aria-hidden="true">
      <b>{positionWords(hover.step, model.stepsPerEpoch)}</b>
      {rows.map(({ line, value }) => (
        <span key={line.key} className="chart-tip-row">
          <Swatch color={line.color} dash={line.dash} point={line.style === 'points'} />
          {line.label}
          <output>{model.format(value!)}</output>
        </span>
      ))}
    </div>
  )
}

function positionWords(step: number, stepsPerEpoch: number | undefined): string {
  const at = `step ${grouped(step)}`
  return stepsPerEpoch ? `epoch ${(step / stepsPerEpoch).toFixed(2)} · ${at}` : at
}

/** The newest value of a line at or before a step. */
export function valueAt({ x, y }: Pick<Line, 'x' | 'y'>, step: number): number | undefined {
  let low = 0
  let high = x.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (x[middle]! <= step) low = middle + 1
    else high = middle
  }
  const value = y[low - 1]
  return value !== undefined && Number.isFinite(value) ? value : undefined
}
