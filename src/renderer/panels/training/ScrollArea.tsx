import type { ReactNode } from 'react'

export interface ScrollAreaProps {
  readonly label: string
  readonly className?: string
  readonly children: ReactNode
}

/** A list that may be longer than its place; the arrow keys scroll it once it has the focus. */
export function ScrollArea({ label, className = '', children }: ScrollAreaProps) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without it the keyboard cannot scroll
    <div className={`scroll scroll-area ${className}`} role="group" aria-label={label} tabIndex={0}>
      {children}
    </div>
  )
}
