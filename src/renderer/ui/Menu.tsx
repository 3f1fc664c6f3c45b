import type { ReactElement } from 'react'
import { Keyboard } from 'react-aria-components/Keyboard'
import { Menu as AriaMenu, MenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import { Text } from 'react-aria-components/Text'
import type { Icon } from './Button.js'

export interface MenuEntry {
  readonly id: string
  readonly title: string
  readonly icon?: Icon
  readonly keys?: string
  readonly disabled?: boolean
  readonly onAction: () => void
}

export interface MenuProps {
  readonly label: string
  /** The button that opens it. */
  readonly trigger: ReactElement
  /** Groups of entries with a line between. */
  readonly groups: readonly (readonly MenuEntry[])[]
}

/** A list of commands that opens below its button. */
export function Menu({ label, trigger, groups }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className="popover" placement="bottom start" offset={4}>
        <AriaMenu className="list" aria-label={label}>
          {groups.map((entries, index) => (
            <MenuSection key={index} className="menu-section" aria-label={`${label} ${index + 1}`}>
              {entries.map((entry) => (
                <Entry key={entry.id} entry={entry} />
              ))}
            </MenuSection>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  )
}

function Entry({ entry }: { readonly entry: MenuEntry }) {
  const { id, title, icon: Glyph, keys, disabled, onAction } = entry
  return (
    <MenuItem id={id} textValue={title} className="list-item" isDisabled={disabled ?? false} onAction={onAction}>
      {Glyph && <Glyph size={16} strokeWidth={1.5} />}
      <Text slot="label" className="list-item-text">
        {title}
      </Text>
      {keys && <Keyboard className="keys">{keys}</Keyboard>}
    </MenuItem>
  )
}
