import { useMemo } from 'react'
import { valueAt } from './ChartTip.js'
import type { Line } from './lines.js'

export interface EpochTableProps {
  readonly caption: string
  readonly lines: readonly Line[]
  readonly format: (value: number) => string
  /** Steps at which an epoch ended. */
  readonly ends: Float64Array
  readonly epochs: Float64Array
  readonly now: number | undefined
}

/** The numbers of a chart for those who do not see it: one row for each finished epoch and one for now. */
export function EpochTable({ caption, lines, format, ends, epochs, now }: EpochTableProps) {
  const shown = lines.filter((line) => line.style !== 'faint')
  const row = (name: string, step: number) => (
    <EpochRow key={name} name={name} step={step} lines={shown} format={format} />
  )
  const count = ends.length
  const keys = shown.map((line) => line.key).join(' ')
  const finished = useMemo(
    () => Array.from(ends, (step, i) => row(`Epoch ${epochs[i]}`, step)),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- rows of finished epochs never change: only new ones come
    [count, keys, ends.buffer],
  )
  return (
    <table className="visually-hidden">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">When</th>
          {shown.map((line) => (
            <th key={line.key} scope="col">
              {line.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {finished}
        {now !== undefined && now !== ends[count - 1] && row('Now', now)}
      </tbody>
    </table>
  )
}

interface EpochRowProps {
  readonly name: string
  readonly step: number
  readonly lines: readonly Line[]
  readonly format: (value: number) => string
}

function EpochRow({ name, step, lines, format }: EpochRowProps) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {lines.map((line) => (
        <td key={line.key}>{cell(valueAt(line, step), format)}</td>
      ))}
    </tr>
  )
}

function cell(value: number | undefined, format: (value: number) => string): string {
  return value === undefined ? 'not measured' : format(value)
}
