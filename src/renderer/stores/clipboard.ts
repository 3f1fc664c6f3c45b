import { copy, paste, pastedIds, type Fragment } from '../../shared/document/clipboard.js'
import { emptyDocument } from '../../shared/document/document.js'
import { parse, print } from '../../shared/document/file.js'
import { edit, shownDocument } from './document.js'
import { deleteSelection } from './edits.js'
import { select, selection } from './selection.js'

/** Pasted nodes stand this far beside their originals, px. */
const BESIDE = [32, 32] as const

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
  edit(paste(fragment, BESIDE))
  select(ids)
}
