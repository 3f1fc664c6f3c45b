import { ChevronDown, Unplug } from 'lucide-react'
import { useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { Button } from 'react-aria-components/Button'
import type { Document } from '../../../shared/document/document.js'
import { FamilyIcon } from '../../catalogue/FamilyIcon.js'
import { nodeTitle } from '../../catalogue/names.js'
import { SearchList, type SearchItem } from '../../ui/SearchList.js'

export interface NodeChoiceProps {
  readonly label: string
  readonly document: Document
  /** The node that is chosen, if one is. */
  readonly chosen?: string | undefined
  /** Nodes to choose from; asked for when the list opens. */
  readonly options: () => readonly string[]
  readonly onChoose: (id: string) => void
  /** Undo the choice; left out where there is none to undo. */
  readonly onRemove?: (() => void) | undefined
}

/** Id of the entry that undoes the choice; no node has it. */
const REMOVE = '-'

/** A button that shows a node and opens a list with search to choose another. */
export function NodeChoice({ label, document, chosen, options, onChoose, onRemove }: NodeChoiceProps) {
  const button = useRef<HTMLButtonElement>(null)
  const [at, setAt] = useState<readonly [number, number]>()
  const node = chosen === undefined ? undefined : document.nodes[chosen]
  const title = node && chosen !== undefined ? nodeTitle(chosen, node.type) : 'Choose…'
  const open = () => {
    const box = button.current?.getBoundingClientRect()
    setAt([box?.left ?? 0, (box?.bottom ?? 0) + 4])
  }
  const close = () => {
    setAt(undefined)
    button.current?.focus()
  }
  const choose = (id: string) => {
    const place = button.current?.closest('section')
    close()
    if (id === REMOVE) onRemove?.()
    else if (id !== chosen) onChoose(id)
    requestAnimationFrame(() => focusIfLost(place))
  }
  return (
    <>
      <Button ref={button} className="select-button node-choice" aria-label={`${label}: ${title}`} onPress={open}>
        <span className={node ? 'select-value' : 'select-value muted'}>{title}</span>
        <ChevronDown size={16} strokeWidth={1.5} />
      </Button>
      {at &&
        createPortal(
          <Choices label={label} document={document} at={at} ids={options()} onRemove={onRemove} onChoose={choose} onClose={close} />, // prettier-ignore
          window.document.body,
        )}
    </>
  )
}

/** The wire's own row may be gone by now: the focus goes to the first one left. */
function focusIfLost(place: Element | null | undefined): void {
  if (window.document.activeElement === window.document.body) place?.querySelector('button')?.focus()
}

interface ChoicesProps extends Pick<NodeChoiceProps, 'label' | 'document' | 'onChoose' | 'onRemove'> {
  readonly at: readonly [number, number]
  readonly ids: readonly string[]
  readonly onClose: () => void
}

function Choices({ label, document, at, ids, onRemove, onChoose, onClose }: ChoicesProps) {
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLowerCase()
  const items = ids.flatMap((id): SearchItem[] => {
    const type = document.nodes[id]?.type ?? ''
    const title = nodeTitle(id, type)
    return `${title} ${id}`.toLowerCase().includes(wanted) ? [{ id, title, icon: <FamilyIcon type={type} /> }] : []
  })
  const remove = { id: REMOVE, title: 'Remove this wire', icon: <Unplug size={16} strokeWidth={1.5} /> }
  return (
    <SearchList
      label={label}
      at={at}
      placeholder="Search nodes"
      search={search}
      onSearch={setSearch}
      items={onRemove && wanted === '' ? [...items, remove] : items}
      onChoose={onChoose}
      onClose={onClose}
    />
  )
}
