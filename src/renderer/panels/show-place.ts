import type { Where } from '../../shared/errors.js'
import { canvasHandle } from '../canvas/handle.js'
import { shownDocument } from '../stores/document.js'
import { select } from '../stores/selection.js'
import { enterBlock } from '../stores/view.js'

/** Select the node of a place and bring it into view. */
export function showPlace({ node }: Where): void {
  if (node === undefined || !shownDocument()?.nodes[node]) return
  enterBlock(undefined)
  select([node])
  // The canvas of the document mounts first when a block was open.
  requestAnimationFrame(() => canvasHandle()?.reveal([node]))
}
