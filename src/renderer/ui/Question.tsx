import type { ReactNode } from 'react'
import { Button } from './Button.js'
import { Dialog } from './Dialog.js'

interface QuestionProps {
  readonly title: string
  /** The answers; that nothing shall be done stands in front of them. */
  readonly answers: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Ask before something is lost: what would be, in a sentence, and the answers. */
export function Question({ title, answers, onClose, children }: QuestionProps) {
  return (
    <Dialog
      alert
      isOpen
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          {answers}
        </>
      }
    >
      <p className="muted">{children}</p>
    </Dialog>
  )
}
