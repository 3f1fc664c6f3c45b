import { useRef, type ReactElement } from 'react'
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
        <List label={label} groups={groups} />
      </Popover>
    </MenuTrigger>
  )
}

export interface ContextMenuProps extends Pick<MenuProps, 'label' | 'groups'> {
  /** Where it opens, on the screen. */
  readonly at: readonly [x: number, y: number]
  readonly onClose: () => void
}

/** The same list at a place, as it opens by the right button or the menu key. */
export function ContextMenu({ label, groups, at: [left, top], onClose }: ContextMenuProps) {
  const place = useRef<HTMLSpanElement>(null)
  return (
    <>
      <span ref={place} className="menu-place" style={{ left, top }} />
      <Popover
        className="popover"
        placement="bottom start"
        offset={0}
        aria-label={label}
        triggerRef={place}
        isOpen
        onOpenChange={(open) => !open && onClose()}
      >
        <List label={label} groups={groups} onClose={onClose} />
      </Popover>
    </>
  )
}

interface ListProps extends Pick<MenuProps, 'label' | 'groups'> {
  readonly onClose?: () => void
}

function List({ label, groups, onClose }: ListProps) {
  return (
    <AriaMenu className="list" aria-label={label} {...(onClose && { onClose, autoFocus: 'first' })}>
      {groups.map((entries, index) => (
        <MenuSection key={index} className="menu-section" aria-label={`${label} ${index + 1}`}>
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </MenuSection>
      ))}
    </AriaMenu>
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
