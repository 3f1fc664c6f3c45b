import { CircleAlert, TriangleAlert, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../../ui/Button.js'
import './callout.css'

export interface CalloutProps {
  readonly kind: 'error' | 'warning'
  readonly message: string
  readonly hint?: string
  /** The step that mends it, as a button. */
  readonly action?: ReactNode
  readonly onDismiss?: () => void
}

/** What went wrong and what to do, in place; nothing else of the panel is lost. */
export function Callout({ kind, message, hint, action, onDismiss }: CalloutProps) {
  const Glyph = kind === 'error' ? CircleAlert : TriangleAlert
  return (
    <div className={`callout callout-${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      <Glyph size={16} strokeWidth={1.5} />
      <p className="callout-text">
        <b>{message}</b> {hint}
      </p>
      {action}
      {onDismiss && <IconButton icon={X} label="Dismiss" onPress={onDismiss} />}
    </div>
  )
}
