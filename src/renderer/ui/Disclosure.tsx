import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from 'react-aria-components/Button'
import { Disclosure as AriaDisclosure, DisclosurePanel } from 'react-aria-components/Disclosure'

export interface DisclosureProps {
  readonly title: string
  /** What is set inside, where something is: `3 set`. */
  readonly detail?: string | undefined
  readonly children: ReactNode
}

/** What is needed rarely, behind a line that opens it. */
export function Disclosure({ title, detail, children }: DisclosureProps) {
  return (
    <AriaDisclosure className="disclosure">
      <div>
        <Button slot="trigger" className="disclosure-button">
          <ChevronRight size={16} strokeWidth={1.5} />
          {title}
          {detail && <small>{detail}</small>}
        </Button>
      </div>
      <DisclosurePanel className="disclosure-panel">{children}</DisclosurePanel>
    </AriaDisclosure>
  )
}
