import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Search } from 'lucide-react'

export interface SearchItem {
  readonly id: string
  readonly title: string
  readonly icon?: ReactNode
}

export interface SearchListProps {
  readonly label: string
  /** Where it opens, on the screen; it moves inwards at the borders. */
  readonly at: readonly [x: number, y: number]
  readonly placeholder: string
  readonly search: string
  readonly onSearch: (text: string) => void
  readonly items: readonly SearchItem[]
  readonly onChoose: (id: string) => void
  readonly onClose: () => void
}

const SIZE = { width: 248, height: 300 }

/** A search field with what it finds, at the pointer: arrows move, Enter takes, Escape closes. */
export function SearchList({ label, at, placeholder, search, onSearch, items, onChoose, onClose }: SearchListProps) {
  const [marked, setMarked] = useState(0)
  const box = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => void input.current?.focus(), [])
  useEffect(
    () => void box.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }),
    [marked],
  )
  const at0 = Math.min(marked, items.length - 1)
  const keys: Record<string, () => void> = {
    ArrowDown: () => setMarked(Math.min(at0 + 1, items.length - 1)),
    ArrowUp: () => setMarked(Math.max(at0 - 1, 0)),
    Enter: () => items[at0] && onChoose(items[at0].id),
    Escape: onClose,
  }
  const left = Math.max(8, Math.min(at[0], innerWidth - SIZE.width - 8))
  const top = Math.max(8, Math.min(at[1], innerHeight - SIZE.height - 8))
  return (
    <div
      ref={box}
      role="dialog"
      aria-label={label}
      className="search-list"
      style={{ left, top }}
      onBlur={(e) => !e.currentTarget.contains(e.relatedTarget) && onClose()}
    >
      <span className="input-box">
        <Search size={16} strokeWidth={1.5} />
        <input
          ref={input}
          className="input"
          role="combobox"
          aria-label={label}
          aria-expanded="true"
          aria-controls="search-list-items"
          aria-activedescendant={items[at0] ? `search-list-${items[at0].id}` : undefined}
          placeholder={placeholder}
          value={search}
          spellCheck={false}
          onChange={(e) => {
            setMarked(0)
            onSearch(e.target.value)
          }}
          onKeyDown={(e) => {
            const act = keys[e.key]
            if (!act) return
            e.preventDefault()
            e.stopPropagation()
            act()
          }}
        />
      </span>
      <ul id="search-list-items" role="listbox" aria-label={label} className="search-list-items scroll">
        {items.map((item, index) => (
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the field above has the keyboard
          <li
            key={item.id}
            id={`search-list-${item.id}`}
            role="option"
            aria-selected={index === at0}
            className="search-list-item"
            onPointerDown={(e) => e.preventDefault()}
            onClick={() => onChoose(item.id)}
            onPointerMove={() => setMarked(index)}
          >
            {item.icon}
            {item.title}
          </li>
        ))}
        {items.length === 0 && <li className="search-list-none">Nothing has that name.</li>}
      </ul>
    </div>
  )
}
