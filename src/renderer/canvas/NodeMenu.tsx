import { Copy, Maximize2, Package, Trash2, Ungroup } from 'lucide-react'
import { ownName } from '../../shared/document/own-blocks.js'
import { askForBlock, ungroupSelected } from '../stores/blocks.js'
import { duplicateSelection } from '../stores/clipboard.js'
import { openNode } from '../stores/document.js'
import { deleteSelection } from '../stores/edits.js'
import { useSelection } from '../stores/selection.js'
import { keysText } from '../ui/keys.js'
import { ContextMenu, type MenuEntry } from '../ui/Menu.js'
import type { Scene } from './scene.js'

interface Props {
  readonly scene: Scene
  readonly at: readonly [x: number, y: number]
  readonly onClose: () => void
}

/** What can be done with the selected nodes, at the pointer. */
export function NodeMenu({ scene, at, onClose }: Props) {
  const ids = useSelection((s) => s.nodes)
  const chosen = scene.nodes.filter(({ id }) => ids.includes(id))
  const [only] = chosen.length === 1 ? chosen : []
  const hasOwn = chosen.some(({ type }) => ownName(type) !== undefined)
  const open: readonly MenuEntry[] = only?.openable
    ? [{ id: 'open', title: 'Open block', icon: Maximize2, keys: keysText('$mod+Enter'), onAction: () => openNode(only.id) }] // prettier-ignore
    : []
  const ungroup: readonly MenuEntry[] = hasOwn
    ? [{ id: 'ungroup', title: 'Ungroup', icon: Ungroup, keys: keysText('$mod+Shift+KeyG'), onAction: ungroupSelected }]
    : []
  return (
    <ContextMenu
      label={only ? `Commands for ${only.id}` : `Commands for ${chosen.length} nodes`}
      at={at}
      onClose={onClose}
      groups={[
        [
          ...open,
          { id: 'make', title: 'Make block…', icon: Package, keys: keysText('$mod+KeyG'), onAction: askForBlock },
          ...ungroup,
        ],
        [
          { id: 'copy', title: 'Duplicate', icon: Copy, keys: keysText('$mod+KeyD'), onAction: duplicateSelection },
          { id: 'delete', title: 'Delete', icon: Trash2, keys: keysText('Delete'), onAction: deleteSelection },
        ],
      ]}
    />
  )
}
