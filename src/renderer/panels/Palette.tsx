import { X } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
import type { Kind } from '../../shared/document/kinds.js'
import { canvasHandle } from '../canvas/handle.js'
import { DRAGGED_KIND } from '../catalogue/drag.js'
import { FamilyIcon } from '../catalogue/FamilyIcon.js'
import { rankKinds, searchKinds } from '../catalogue/groups.js'
import { newDocument, shownDocument } from '../stores/document.js'
import { addAfterSelection } from '../stores/edits.js'
import { IconButton } from '../ui/Button.js'
import { SearchBox } from '../ui/SearchBox.js'

/** Every layer and block: drag one onto the canvas, or press it to add it behind the selected node. */
export function Palette() {
  const [search, setSearch] = useState('')
  const groups = searchKinds(search)
  return (
    <section className="palette" aria-label="Palette">
      <div className="palette-search">
        <SearchBox
          label="Search layers and blocks"
          value={search}
          onChange={setSearch}
          onKeyDown={(e) => onSearchKey(e, () => setSearch(''))}
        >
          {search && <IconButton icon={X} label="Clear search" onPress={() => setSearch('')} />}
        </SearchBox>
      </div>
      <div className="palette-groups scroll">
        {groups.map((group) => (
          <section key={group.title} aria-label={group.title}>
            <h2 className="section-title">{group.title}</h2>
            <ul>
              {group.kinds.map((kind) => (
                <Entry key={kind.type} kind={kind} />
              ))}
            </ul>
          </section>
        ))}
        {groups.length === 0 && <p className="palette-none">Nothing is called “{search}”.</p>}
      </div>
    </section>
  )
}

function Entry({ kind }: { readonly kind: Kind }) {
  return (
    <li>
      <button
        type="button"
        className="palette-item"
        draggable
        title={kind.doc}
        onClick={() => add(kind.type)}
        onKeyDown={moveFocus}
        onDragStart={(event) => {
          event.dataTransfer.setData(DRAGGED_KIND, kind.type)
          event.dataTransfer.effectAllowed = 'copy'
        }}
      >
        <FamilyIcon type={kind.type} />
        <span className="palette-name">{kind.title}</span>
      </button>
    </li>
  )
}

function add(type: string): void {
  if (!shownDocument()) newDocument()
  addAfterSelection(type, canvasHandle()?.center() ?? [0, 0])
}

function onSearchKey(event: KeyboardEvent<HTMLInputElement>, clear: () => void): void {
  const [first] = rankKinds(event.currentTarget.value)
  if (event.key === 'Enter' && first) add(first.type)
  else if (event.key === 'Escape') clear()
  else if (event.key === 'ArrowDown') itemsAround(event.currentTarget)[0]?.focus()
  else return
  event.preventDefault()
}

/** Arrow keys walk through the entries. */
function moveFocus(event: KeyboardEvent<HTMLButtonElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined) return
  event.preventDefault()
  const items = itemsAround(event.currentTarget)
  items[items.indexOf(event.currentTarget) + step]?.focus()
}

function itemsAround(element: Element): HTMLButtonElement[] {
  return [...(element.closest('.palette')?.querySelectorAll<HTMLButtonElement>('.palette-item') ?? [])]
}
