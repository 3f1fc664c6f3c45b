import type { ReactNode } from 'react'
import type { Icon } from './Button.js'

export interface EmptyStateProps {
  readonly icon?: Icon
  /** What is or will be here. */
  readonly title: string
  /** One or two sentences that lead on. */
  readonly children?: ReactNode
  /** The one next step, as a button. */
  readonly action?: ReactNode
}

/** Says what a panel will hold, and offers the one next step. */
export function EmptyState({ icon: Glyph, title, children, action }: EmptyStateProps) {
  return (
    <div className="empty">
      {Glyph && <Glyph size={24} strokeWidth={1.5} className="empty-icon" />}
      <p className="empty-title">{title}</p>
      {children && <p className="empty-text">{children}</p>}
      {action}
    </div>
  )
}
