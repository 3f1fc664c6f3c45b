import type { Where } from '../../shared/errors.js'
import { canvasHandle } from '../canvas/handle.js'
import { rootDocument } from '../stores/document.js'
import { whereIs } from '../stores/place.js'
import { select } from '../stores/selection.js'
import { enterBlock } from '../stores/view.js'

/** Select the node of a place, inside own blocks too, and bring it into view. */
export function showPlace({ node, inner }: Where): void {
  const root = rootDocument()
  if (node === undefined || !root?.nodes[node]) return
  const { place, id } = whereIs(root, inner ?? node)
  enterBlock(place === '' ? undefined : place)
  select([id])
  // The canvas of that place mounts first when another was open.
  requestAnimationFrame(() => canvasHandle()?.reveal([id]))
}
