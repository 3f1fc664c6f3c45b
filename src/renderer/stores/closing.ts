import { closeDocument, documents, isDirty } from './document.js'
import { openDialog } from './view.js'

/** Close a tab; unsaved work is asked about first. */
export function askToClose(key: string): void {
  const tab = documents.getState().open.find((open) => open.key === key)
  if (!tab) return
  if (isDirty(tab)) openDialog({ kind: 'unsaved', key })
  else closeDocument(key)
}
