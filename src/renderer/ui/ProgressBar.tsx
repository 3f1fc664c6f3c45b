import { ProgressBar as AriaProgressBar } from 'react-aria-components/ProgressBar'
import './progress.css'

export interface ProgressBarProps {
  /** What goes on, for screen readers. */
  readonly label: string
  /** 0 to 1; missing while nobody knows. */
  readonly share?: number | undefined
}

/** How far something is. Where that is not known the bar is full and pale: nothing moves without news. */
export function ProgressBar({ label, share }: ProgressBarProps) {
  const known = share === undefined ? { isIndeterminate: true } : { value: 100 * share }
  return (
    <AriaProgressBar aria-label={label} {...known} className="progress">
      <span
        className={share === undefined ? 'progress-fill progress-open' : 'progress-fill'}
        style={{ width: `${100 * (share ?? 1)}%` }}
      />
    </AriaProgressBar>
  )
}
