export interface SwatchProps {
  /** Colour token: `--s1`. */
  readonly color: string
  readonly dash: readonly number[]
  /** A point on the line, as validation is drawn. */
  readonly point?: boolean
}

/** A short piece of a chart's line, for legends. */
export function Swatch({ color, dash, point = false }: SwatchProps) {
  return (
    <svg
      width="14"
      height="8"
      viewBox="0 0 14 8"
      aria-hidden="true"
      className="swatch"
      style={{ color: `var(${color})` }}
    >
      <line x1="0" y1="4" x2="14" y2="4" strokeWidth={point ? 1 : 2} strokeDasharray={dash.join(' ')} />
      {point && <circle cx="7" cy="4" r="3" className="swatch-point" />}
    </svg>
  )
}
