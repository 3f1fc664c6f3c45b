import type { Line } from './lines.js'
import { valueAt } from './ChartTip.js'

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
  const rows = Array.from(ends, (step, i) => ({ name: `Epoch ${epochs[i]}`, step }))
  if (now !== undefined && now !== ends[ends.length - 1]) rows.push({ name: 'Now', step: now })
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
        {rows.map(({ name, step }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {shown.map((line) => (
              <td key={line.key}>{cell(valueAt(line, step), format)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function cell(value: number | undefined, format: (value: number) => string): string {
  return value === undefined ? 'not measured' : format(value)
}
