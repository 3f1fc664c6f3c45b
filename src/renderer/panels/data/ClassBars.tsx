import { grouped } from '../../ui/format.js'

export interface ClassBarsProps {
  readonly classes: readonly string[]
  readonly counts: readonly number[]
}

/** Classes with their number of images; the bars show the balance. */
export function ClassBars({ classes, counts }: ClassBarsProps) {
  const most = Math.max(1, ...counts)
  return (
    <ol className="bars">
      {classes.map((name, i) => (
        <li key={i} className="bar">
          <span className="bar-name">{name}</span>
          <span className="bar-track" aria-hidden="true">
            <span className="bar-fill" style={{ width: `${(100 * (counts[i] ?? 0)) / most}%` }} />
          </span>
          <span className="bar-value mono">{grouped(counts[i] ?? 0)}</span>
        </li>
      ))}
    </ol>
  )
}
