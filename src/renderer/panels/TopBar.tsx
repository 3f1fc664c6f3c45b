import { Keyboard, Menu as MenuIcon, Moon, PanelLeft, PanelRight, Redo2, Sun, Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { foldInspector, type Action } from '../actions.js'
import { redo, undo, useShownTab } from '../stores/document.js'
import { setFolded, settings, shownTheme, switchTheme, useSettings } from '../stores/settings.js'
import { openDialog } from '../stores/view.js'
import { IconButton } from '../ui/Button.js'
import { keysText } from '../ui/keys.js'
import { Menu, type MenuEntry } from '../ui/Menu.js'
import { Brand } from './Brand.js'
import { DocumentTabs } from './DocumentTabs.js'

export interface TopBarProps {
  readonly actions: readonly Action[]
  /** Controls of training and export. */
  readonly children?: ReactNode
}

/** Name, commands, open documents, training, and the look of the window. */
export function TopBar({ actions, children }: TopBarProps) {
  const tab = useShownTab()
  const dark = useSettings((s) => shownTheme(s) === 'dark')
  return (
    <header className="top">
      <div className="top-left">
        <Brand />
        <Menu
          label="Main menu"
          trigger={<IconButton icon={MenuIcon} label="Main menu" />}
          groups={[
            entries(actions, ['gallery', 'new', 'open'], tab !== undefined),
            entries(actions, ['save', 'save-as', 'compare', 'download', 'close'], tab !== undefined),
            entries(
              actions,
              ['undo', 'redo', 'duplicate', 'select-all', 'delete', 'make-block', 'ungroup', 'arrange'],
              tab !== undefined,
            ),
            entries(actions, ['help', 'engine', 'theme', 'shortcuts', 'about'], true),
          ]}
        />
        <div className="top-icons">
          <IconButton
            icon={Undo2}
            label="Undo"
            keys={keysText('$mod+KeyZ')}
            isDisabled={!tab || tab.history.past.length === 0}
            onPress={undo}
          />
          <IconButton
            icon={Redo2}
            label="Redo"
            keys={keysText('$mod+Shift+KeyZ')}
            isDisabled={!tab || tab.history.future.length === 0}
            onPress={redo}
          />
        </div>
      </div>
      <DocumentTabs />
      <div className="top-right">
        {children}
        <Look dark={dark} />
      </div>
    </header>
  )
}

function Look({ dark }: { readonly dark: boolean }) {
  const foldPalette = () => setFolded('palette', !settings.getState().folded.palette)
  return (
    <div className="top-icons">
      <IconButton icon={PanelLeft} label="Palette" keys={keysText('$mod+KeyB')} onPress={foldPalette} />
      <IconButton icon={PanelRight} label="Inspector" keys={keysText('$mod+KeyI')} onPress={foldInspector} />
      <IconButton icon={dark ? Sun : Moon} label={dark ? 'Light theme' : 'Dark theme'} onPress={switchTheme} />
      <IconButton
        icon={Keyboard}
        label="Keyboard shortcuts"
        keys="?"
        onPress={() => openDialog({ kind: 'shortcuts' })}
      />
    </div>
  )
}

/** Commands that need a document are greyed without one. */
const ALWAYS = new Set(['gallery', 'new', 'open', 'help', 'engine', 'theme', 'shortcuts'])

function entries(actions: readonly Action[], ids: readonly string[], hasDocument: boolean): readonly MenuEntry[] {
  return ids.flatMap((id): readonly MenuEntry[] => {
    const found = actions.find((action) => action.id === id)
    if (!found) return []
    const { title, run, keys } = found
    const disabled = !hasDocument && !ALWAYS.has(id)
    return [{ id, title, onAction: run, disabled, ...(keys[0] && { keys: keysText(keys[0]) }) }]
  })
}
