import type { ReactNode } from 'react'

export type FigureRows = readonly (readonly [name: string, value: ReactNode | undefined])[]

/** A list of names and values under a title. What belongs to all of them stands below. */
export function Figures({
  title,
  rows,
  children,
}: {
  readonly title: string
  readonly children?: ReactNode
  readonly rows: FigureRows
}) {
  return (
    <section aria-label={title} className="inspector-section">
      <h3 className="section-title">{title}</h3>
      <FigureList rows={rows} />
      {children}
    </section>
  )
}

/** Names and values; a value that is not known is left out. */
export function FigureList({ rows }: { readonly rows: FigureRows }) {
  return (
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
  )
}
