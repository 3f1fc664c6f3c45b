import type { ReactNode } from 'react'

/** A list of names and values; a value that is not known is left out. What belongs to all of them stands below. */
export function Figures({
  title,
  rows,
  children,
}: {
  readonly title: string
  readonly children?: ReactNode
  readonly rows: readonly (readonly [name: string, value: ReactNode | undefined])[]
}) {
  return (
    <section aria-label={title} className="inspector-section">
      <h3 className="section-title">{title}</h3>
      <dl className="figures">
        {rows.map(
          ([name, value]) =>
            value !== undefined && (
              <div key={name} className="figures-row">
                <dt>{name}</dt>
                <dd className="mono">{value}</dd>
              </div>
            ),
        )}
      </dl>
      {children}
    </section>
  )
}
