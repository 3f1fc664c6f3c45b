import { addNode, freeId, inTurn, removeNodes } from '../../shared/document/commands.js'
import type { Document, Wire } from '../../shared/document/document.js'
import { kindIn } from '../../shared/document/kinds.js'
import { closesCircle } from '../../shared/document/own-blocks.js'
import { canConnect, connect, disconnect, insertOnWire } from '../../shared/document/wires.js'
import { LAYOUT } from '../../shared/graph/layout.js'
import { edit, shownDocument } from './document.js'
import { say } from './notices.js'
import { select, selection, wireKey } from './selection.js'

type Point = readonly [x: number, y: number]

/** Add a node where it was dropped, and select it. `from`: draw a wire from there if it fits; `to`: into there. */
export function addAt(type: string, at: Point, ends: { readonly from?: string; readonly to?: string } = {}): void {
  const document = shownDocument()
  if (!document) return
  if (closesCircle(document, type)) {
    say('A block cannot stand inside itself.')
    return
  }
  const id = freeId(document, type)
  const wires = [...(ends.from ? [connect(ends.from, id)] : []), ...(ends.to ? [connect(id, ends.to)] : [])]
  edit(inTurn(addNode(type, at, id), ...wires))
  select([id])
}

/** Put a node into a wire, at the place where it was dropped. */
export function addOnWire(type: string, wire: Wire, at: Point): void {
  const document = shownDocument()
  if (!document) return
  const id = freeId(document, type)
  edit(insertOnWire(wire, type, at, id))
  select([id])
}

/** Add a node at a free place behind the selected one, joined to it where that makes sense; else at `center`. */
export function addAfterSelection(type: string, center: Point): void {
  const document = shownDocument()
  if (!document) return
  const [from] = selection.getState().nodes
  const source = from === undefined ? undefined : document.nodes[from]
  const fits = source && kindIn(document, source.type)?.hasOutput !== false && kindIn(document, type)?.inputs !== 'none'
  const wish: Point = source ? [source.at[0] + LAYOUT.width + LAYOUT.gapX, source.at[1]] : center
  addAt(type, freePlace(document, wish), fits && from !== undefined ? { from } : {})
}

/** The place nearest below a wish where a node covers no other. */
export function freePlace(document: Document, [x, y]: Point): Point {
  const taken = Object.values(document.nodes)
    .map((node) => node.at)
    .filter((at) => Math.abs(at[0] - x) < LAYOUT.width + 8)
    .sort((a, b) => a[1] - b[1])
  let top = Math.round(y / 4) * 4
  for (const at of taken) if (Math.abs(at[1] - top) < LAYOUT.height + 8) top = at[1] + LAYOUT.height + LAYOUT.gapY
  return [Math.round(x / 4) * 4, top]
}

/** The wire under a name of the selection. */
export function wireOf(document: Document, key: string): Wire | undefined {
  return document.wires.find((wire) => wireKey(wire) === key)
}

/** Remove the selected nodes and wires. */
export function deleteSelection(): void {
  const document = shownDocument()
  if (!document) return
  const { nodes, wires } = selection.getState()
  const gone = wires.flatMap((key) => wireOf(document, key) ?? [])
  edit(inTurn(disconnect(...gone), removeNodes(nodes)))
}

/** Select every node. */
export function selectAll(): void {
  select(Object.keys(shownDocument()?.nodes ?? {}))
}

/** Draw a wire if it may be drawn; else the reason why not. */
export function tryConnect(
  from: string,
  to: string,
  { input, output }: { readonly input?: number | undefined; readonly output?: number } = {},
): string | undefined {
  const document = shownDocument()
  if (!document) return undefined
  const verdict = canConnect(document, from, to, input)
  if (!verdict.ok) return verdict.reason
  edit(connect(from, to, input, output))
  return undefined
}
