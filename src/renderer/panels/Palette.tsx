import { X } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
import { emptyDocument } from '../../shared/document/document.js'
import { kindsIn, type Kind } from '../../shared/document/kinds.js'
import { OWN, rankKinds, searchKinds } from '../catalogue/groups.js'
import { kindsHere, useDocument } from '../stores/document.js'
import { IconButton } from '../ui/Button.js'
import { SearchBox } from '../ui/SearchBox.js'
import { MyBlocks, useMyBlocks } from './blocks/MyBlocks.js'
import { addKind, itemsAround, PaletteItem } from './PaletteItem.js'

/** Every layer and block: drag one onto the canvas, or press it to add it behind the selected node. */
export function Palette() {
  const [search, setSearch] = useState('')
  const document = useDocument()
  const found = searchKinds(search, kindsIn(document ?? emptyDocument()))
  const groups = found.filter((group) => group.title !== OWN)
  const mine = useMyBlocks(search, found.find((group) => group.title === OWN)?.kinds ?? [])
  const hasMine = mine.own.length + mine.kept.length > 0
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
        {hasMine && <MyBlocks {...mine} />}
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
        {!hasMine && search === '' && <MyBlocks {...mine} />}
        {groups.length === 0 && !hasMine && <p className="palette-none">Nothing is called “{search}”.</p>}
      </div>
    </section>
  )
}

function Entry({ kind }: { readonly kind: Kind }) {
  return (
    <li>
      <PaletteItem type={kind.type} title={kind.title} doc={kind.doc} onAdd={() => addKind(kind.type)} />
    </li>
  )
}

function onSearchKey(event: KeyboardEvent<HTMLInputElement>, clear: () => void): void {
  const [first] = rankKinds(event.currentTarget.value, kindsHere())
  if (event.key === 'Enter' && first) addKind(first.type)
  else if (event.key === 'Escape') clear()
  else if (event.key === 'ArrowDown') itemsAround(event.currentTarget)[0]?.focus()
  else return
  event.preventDefault()
}
