import { useReactFlow } from '@xyflow/react'
import { useState } from 'react'
import { kindIn, type Kind } from '../../shared/document/kinds.js'
import { FamilyIcon } from '../catalogue/FamilyIcon.js'
import { rankKinds } from '../catalogue/groups.js'
import { kindsHere, shownDocument } from '../stores/document.js'
import { addAt } from '../stores/edits.js'
import { SearchList } from '../ui/SearchList.js'
import { NODE } from '../../shared/pictures/route.js'

/** Where the search opens, on the screen, and the node whose wire was dropped there. */
export interface QuickAddPlace {
  readonly screen: readonly [x: number, y: number]
  readonly from?: string
  readonly to?: string
}

/** Search for a layer or block and add it where the pointer is; after a dropped wire only what fits. */
export function QuickAdd({ place, onClose }: { readonly place: QuickAddPlace; readonly onClose: () => void }) {
  const { screenToFlowPosition } = useReactFlow()
  const [search, setSearch] = useState('')
  const found = rankKinds(search, kindsHere(), (kind) => fits(kind, place))
  const add = (type: string) => {
    const [x, y] = place.screen
    const at = screenToFlowPosition({ x, y })
    const left = place.from !== undefined ? 0 : place.to !== undefined ? NODE.width : NODE.width / 2
    addAt(type, [at.x - left, at.y - NODE.height / 2], place)
    onClose()
  }
  return (
    <SearchList
      label="Add a layer or block"
      at={place.screen}
      placeholder="Search layers and blocks"
      search={search}
      onSearch={setSearch}
      items={found.map((kind) => ({ id: kind.type, title: kind.title, icon: <FamilyIcon type={kind.type} /> }))}
      onChoose={add}
      onClose={onClose}
    />
  )
}

function fits(kind: Kind, { from, to }: QuickAddPlace): boolean {
  if (from !== undefined && kind.inputs === 'none') return false
  const document = shownDocument()
  const target = to === undefined ? undefined : document?.nodes[to]
  return !document || !target || (kind.hasOutput && kindIn(document, target.type)?.inputs !== 'none')
}
