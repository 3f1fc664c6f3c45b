import { useMemo } from 'react'
import { compact, percent, words } from '../ui/format.js'
import type { Metrics } from '../stores/metrics.js'
import { EpochTable } from './EpochTable.js'
import { LineChart } from './LineChart.js'
import { accuracyLines, headLook, lossLines, lossRange, type Line } from './lines.js'
import type { ChartModel } from './options.js'
import { Swatch } from './Swatch.js'

export interface RunChartsProps {
  readonly metrics: Metrics
  /** Grows with the columns, which grow in place: charts follow it. */
  readonly version: number
  readonly heads: readonly string[]
  readonly stepsPerEpoch: number | undefined
  /** The step being trained, while it is. */
  readonly now: number | undefined
}

/** Loss and accuracy of every head, training and validation, with one legend for both. */
export function RunCharts(props: RunChartsProps) {
  const { metrics, version, heads, stepsPerEpoch, now } = props
  const last = metrics.train.step.values.at(-1) ?? 0
  const loss = useMemo(() => {
    const lines = lossLines(metrics, heads, stepsPerEpoch)
    return model({ lines, range: lossRange(lines), format: lossWords })
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the columns grow in place; version says when
  }, [metrics, version, heads, stepsPerEpoch, now])
  const accuracy = useMemo(() => {
    return model({ lines: accuracyLines(metrics, heads, stepsPerEpoch), range: [0, 1], format: percent })
    // eslint-disable-next-line react-hooks/exhaustive-deps -- as above
  }, [metrics, version, heads, stepsPerEpoch, now])

  function model(part: Pick<ChartModel, 'lines' | 'range' | 'format'>): ChartModel {
    return { ...part, stepsPerEpoch, now, last: now === undefined ? last : 1.06 * last }
  }
  return (
    <>
      <figure className="figure">
        <figcaption>
          <b>Loss per head</b>
          <Legend heads={heads} />
        </figcaption>
        <LineChart label="Loss of each head over training steps; numbers in the table" model={loss} />
        <Numbers caption="Loss per head" model={loss} metrics={metrics} now={now} />
      </figure>
      <figure className="figure">
        <figcaption>
          <b>Accuracy per head</b>
          <span className="legend-entry">
            <Swatch color="--text-3" dash={[]} /> training
          </span>
          <span className="legend-entry">
            <Swatch color="--text-3" dash={[]} point /> validation
          </span>
        </figcaption>
        <LineChart label="Accuracy of each head over training steps; numbers in the table" model={accuracy} />
        <Numbers caption="Accuracy per head" model={accuracy} metrics={metrics} now={now} />
      </figure>
    </>
  )
}

function Legend({ heads }: { readonly heads: readonly string[] }) {
  return heads.map((head, index) => (
    <span key={head} className="legend-entry">
      <Swatch {...headLook(index)} /> {words(head)}
    </span>
  ))
}

interface NumbersProps {
  readonly caption: string
  readonly model: { readonly lines: readonly Line[]; readonly format: (value: number) => string }
  readonly metrics: Metrics
  readonly now: number | undefined
}

function Numbers({ caption, model, metrics, now }: NumbersProps) {
  const { step, epoch } = metrics.validation
  return (
    <EpochTable
      caption={caption}
      lines={model.lines}
      format={model.format}
      ends={step.values}
      epochs={epoch.values}
      now={now}
    />
  )
}

/** Short enough for the axis, however far a net diverges: `0.83`, `120`, `45.2 k`, `9e+21`. */
function lossWords(value: number): string {
  if (value >= 1e15) return value.toExponential(0)
  return value >= 100 ? compact(value) : value.toFixed(2)
}
