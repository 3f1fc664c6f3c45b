import type { Titles } from './words.js'

interface Row {
  readonly name: string
  readonly before: string | undefined
  readonly after: string | undefined
  readonly difference: string | undefined
}

interface BeforeAfterTableProps {
  readonly label: string
  readonly titles: Titles
  readonly rows: readonly Row[]
}

/** Numbers of two nets or runs side by side, with what lies between them. */
export function BeforeAfterTable({ label, titles, rows }: BeforeAfterTableProps) {
  return (
    <table className="compare-table" aria-label={label}>
      <thead>
        <tr>
          <td />
          <th scope="col">{titles.before}</th>
          <th scope="col">{titles.after}</th>
          <th scope="col">Difference</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, before, after, difference }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="mono">{before}</td>
            <td className="mono">{after}</td>
            <td className="mono">{difference}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
