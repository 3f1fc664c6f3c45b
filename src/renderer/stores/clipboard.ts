import { copy, paste, pastedIds, type Fragment } from '../../shared/document/clipboard.js'
import { emptyDocument, type Document } from '../../shared/document/document.js'
import { parse, print } from '../../shared/document/file.js'
import { edit, shownDocument } from './document.js'
import { deleteSelection } from './edits.js'
import { select, selection } from './selection.js'

/** Pasted nodes stand so far beside their originals, or a multiple of it: px to the right and down. */
const BESIDE = 32

/** The selected nodes as the text of a document: any window of Netwright, and any editor, can take it. */
export function copiedText(): string | undefined {
  const document = shownDocument()
  const ids = selection.getState().nodes
  if (!document || ids.length === 0) return undefined
  const { nodes, wires, blocks = {}, values } = copy(document, ids)
  return print({ ...emptyDocument('Copied nodes'), nodes, wires, blocks, ...(values && { extra: { values } }) })
}

/** Add the nodes of a copied text and select them; `document/…` if the text is something else. */
export function pasteText(text: string): void {
  const { nodes, wires, blocks, extra } = parse(text)
  const values = extra?.['values']
  const isScope = typeof values === 'object' && values !== null
  add({ nodes, wires, blocks, ...(isScope && { values: values as Readonly<Record<string, unknown>> }) })
}

/** Copy the selected nodes beside themselves. */
export function duplicateSelection(): void {
  const document = shownDocument()
  if (document) add(copy(document, selection.getState().nodes))
}

/** Take the selected nodes out, as text. */
export function cutText(): string | undefined {
  const text = copiedText()
  if (text !== undefined) deleteSelection()
  return text
}

function add(fragment: Fragment): void {
  const document = shownDocument()
  if (!document) return
  const ids = [...pastedIds(document, fragment).values()]
  const beside = freeBeside(document, fragment)
  edit(paste(fragment, [beside, beside]))
  select(ids)
}

/** How far from their places nodes cover no other exactly, as those of the same text that was pasted before. */
function freeBeside(document: Document, { nodes }: Fragment): number {
  const taken = new Set(Object.values(document.nodes).map(({ at: [x, y] }) => `${x} ${y}`))
  const covers = (by: number) => Object.values(nodes).some(({ at: [x, y] }) => taken.has(`${x + by} ${y + by}`))
  const most = BESIDE * (taken.size + 1)
  let beside = BESIDE
  while (beside < most && covers(beside)) beside += BESIDE
  return beside
}
