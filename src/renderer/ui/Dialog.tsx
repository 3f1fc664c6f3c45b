import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { IconButton } from './Button.js'
import { keepFocusInside } from './keep-focus.js'

export interface DialogProps {
  readonly title: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly size?: 'small' | 'medium' | 'large'
  /** Buttons at the bottom; the last one is the next step. */
  readonly actions?: ReactNode
  /** A question that must be answered by one of its buttons. */
  readonly alert?: boolean
  readonly children: ReactNode
}

/** A window over the window; Escape and the cross close it. */
export function Dialog({ title, isOpen, onClose, size = 'small', actions, alert = false, children }: DialogProps) {
  return (
    <ModalOverlay className="scrim" isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable={!alert}>
      <Modal className={`modal modal-${size}`}>
        <AriaDialog ref={keepFocusInside} className="dialog" role={alert ? 'alertdialog' : 'dialog'}>
          <header className="dialog-head">
            <Heading slot="title" className="dialog-title">
              {title}
            </Heading>
            {!alert && <IconButton icon={X} label="Close" onPress={onClose} />}
          </header>
          <div className="dialog-body scroll">{children}</div>
          {actions && <footer className="dialog-foot">{actions}</footer>}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
