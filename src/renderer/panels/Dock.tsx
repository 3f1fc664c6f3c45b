import { ChevronDown, ChevronUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { setFolded, settings, showDock, useSettings, type DockTab } from '../stores/settings.js'
import { IconButton } from '../ui/Button.js'
import { Tabs, type TabEntry } from '../ui/Tabs.js'

export interface DockProps {
  readonly tabs: readonly TabEntry<DockTab>[]
  readonly trailing?: ReactNode
}

/** The lower panel: one place per tab; a click on a tab of the folded dock opens it. */
export function Dock({ tabs, trailing }: DockProps) {
  const folded = useSettings((s) => s.folded.dock)
  const stored = useSettings((s) => s.dockTab)
  const selected = tabs.some((tab) => tab.id === stored) ? stored : 'problems'
  return (
    <section aria-label="Dock" className="dock-content" onClickCapture={(e) => openFolded(e.target as Element)}>
      <Tabs
        label="Dock"
        tabs={tabs}
        selected={selected}
        onSelect={(id) => settings.setState({ dockTab: id })}
        trailing={
          <>
            {trailing}
            <IconButton
              icon={folded ? ChevronUp : ChevronDown}
              label={folded ? 'Unfold the dock' : 'Fold the dock'}
              onPress={() => setFolded('dock', !folded)}
            />
          </>
        }
      />
    </section>
  )
}

function openFolded(target: Element): void {
  if (target.closest('[role=tab]') && settings.getState().folded.dock) showDock(settings.getState().dockTab)
}
