import { moveNodes } from '../../shared/document/commands.js'
import type { Document } from '../../shared/document/document.js'
import { layoutGraph } from '../../shared/graph/layout.js'
import { edit, shownDocument } from './document.js'

/** Place every node of the shown document anew, in layers along the wires; one step of undo. */
export function arrange(): void {
  const document = shownDocument()
  if (document) edit(moveNodes(placesOf(document)))
}

/** Where automatic layout puts the nodes of a document. */
export function placesOf(document: Document): Readonly<Record<string, readonly [number, number]>> {
  const inputs = new Map<string, string[]>()
  for (const { from, to } of document.wires) inputs.set(to, [...(inputs.get(to) ?? []), from])
  return Object.fromEntries(layoutGraph({ ids: Object.keys(document.nodes), inputs }))
}
