import { Copy, Download, Ellipsis, LibraryBig, Maximize2, Plus, Trash2 } from 'lucide-react'
import type { LibraryBlock } from '../../../shared/api.js'
import { duplicateBlock, freeBlockName } from '../../../shared/document/block-edits.js'
import { usesOf } from '../../../shared/document/own-blocks.js'
import { downloadBlock, pathOfUse, tryRemoveBlock } from '../../stores/blocks.js'
import { editRoot, rootDocument } from '../../stores/document.js'
import { useLibrary } from '../../stores/library.js'
import { enterBlock, openDialog } from '../../stores/view.js'
import { IconButton } from '../../ui/Button.js'
import { Menu } from '../../ui/Menu.js'

/** What can be done with a block of the document, whether it is used or not. */
export function BlockMenu({ name, title }: { readonly name: string; readonly title: string }) {
  const library = useLibrary()
  const root = rootDocument()
  const path = root && pathOfUse(root, name)
  const isUsed = root !== undefined && usesOf(root, name).length > 0
  const copy = () => editRoot(duplicateBlock(name, freeBlockName(rootDocument()!, name)))
  return (
    <Menu
      label={`More for ${title}`}
      trigger={<IconButton icon={Ellipsis} label={`More for ${title}`} />}
      groups={[
        [
          {
            id: 'open',
            title: path === undefined ? 'Open (place it first)' : 'Open',
            icon: Maximize2,
            disabled: path === undefined,
            onAction: () => enterBlock(path),
          },
          { id: 'copy', title: 'Duplicate', icon: Copy, onAction: copy },
        ],
        [
          { id: 'keep', title: 'Save to my library', icon: LibraryBig, onAction: () => void library.keep(name) },
          { id: 'share', title: 'Share as file', icon: Download, onAction: () => downloadBlock(name) },
        ],
        [
          {
            id: 'remove',
            title: isUsed ? 'Remove…' : 'Remove',
            icon: Trash2,
            onAction: () => tryRemoveBlock(name),
          },
        ],
      ]}
    />
  )
}

/** What can be done with a block of the library. */
export function LibraryMenu({ entry, onAdd }: { readonly entry: LibraryBlock; readonly onAdd: () => void }) {
  return (
    <Menu
      label={`More for ${entry.title}`}
      trigger={<IconButton icon={Ellipsis} label={`More for ${entry.title}`} />}
      groups={[
        [{ id: 'add', title: 'Add to this net', icon: Plus, onAction: onAdd }],
        [
          {
            id: 'remove',
            title: 'Remove from my library…',
            icon: Trash2,
            onAction: () => openDialog({ kind: 'remove-block', entry }),
          },
        ],
      ]}
    />
  )
}
