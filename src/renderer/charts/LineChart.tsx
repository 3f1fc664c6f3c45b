import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import './charts.css'
import { ChartTip, type Hover } from './ChartTip.js'
import { alignedData, chartOptions, type ChartModel } from './options.js'
import { onThemeChange } from './theme.js'

export interface LineChartProps {
  /** What the picture shows, for screen readers; the numbers stand in a table beside it. */
  readonly label: string
  readonly model: ChartModel
}

/** Lines over training steps that follow the data, the size of their place and the theme. */
export function LineChart({ label, model }: LineChartProps) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<uPlot>(undefined)
  const latest = useRef(model)
  const [hover, setHover] = useState<Hover>()
  const lineKeys = model.lines.map((line) => line.key).join(' ')

  useLayoutEffect(() => {
    latest.current = model
  }, [model])

  useEffect(() => {
    const element = place.current!
    const draw = (u: uPlot) => u.setData(alignedData(latest.current.lines, u.width, uPlot.join))
    const options = chartOptions(() => latest.current, element.clientWidth, element.clientHeight)
    const setCursor = (u: uPlot) => setHover(hoverAt(u))
    const u = new uPlot({ ...options, hooks: { ...options.hooks, setCursor: [setCursor] } }, [[]], element)
    chart.current = u
    draw(u)
    const sizes = new ResizeObserver(() => {
      u.setSize({ width: element.clientWidth, height: element.clientHeight })
      draw(u)
    })
    sizes.observe(element)
    const stopTheme = onThemeChange(() => u.redraw(false, true))
    return () => {
      stopTheme()
      sizes.disconnect()
      u.destroy()
      chart.current = undefined
    }
  }, [lineKeys])

  useEffect(() => {
    const u = chart.current
    if (u) u.setData(alignedData(model.lines, u.width, uPlot.join))
  }, [model])

  return (
    <div className="chart" role="img" aria-label={label}>
      <div className="chart-place" ref={place} />
      {hover && <ChartTip hover={hover} model={model} />}
    </div>
  )
}

function hoverAt(u: uPlot): Hover | undefined {
  const { left, idx } = u.cursor
  if (left === undefined || left < 0 || idx === undefined || idx === null) return undefined
  return { left: left + u.bbox.left / devicePixelRatio, width: u.width, step: u.data[0][idx]! }
}
