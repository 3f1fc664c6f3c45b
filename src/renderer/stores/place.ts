import type { Document, NodeId } from '../../shared/document/document.js'
import { kindIn } from '../../shared/document/kinds.js'
import { enter } from '../../shared/graph/enter.js'
import type { Analysis } from '../../shared/graph/graph.js'
import { analysisOf } from './analysis.js'

/** What the canvas shows of a document: the net, the inside of an own block, or a built-in block opened in one of these. */
export interface Place {
  /** Ids of the nodes that were entered, `stem/inner`; empty for the net. */
  readonly path: string
  /** What is edited here: the document, or the inside of an own block as one. */
  readonly document: Document
  readonly analysis: Analysis
  /** The built-in block of that document whose inside shows; it cannot be edited. */
  readonly closed?: NodeId
  /** The way here, the net first, itself last. */
  readonly trail: readonly Crumb[]
}

/** A step of the way: its path, and the node that was entered. */
export interface Crumb {
  readonly path: string
  readonly id: NodeId
  readonly type: string
}

const known = new WeakMap<Document, Map<string, Place>>()

/** The place at a path; of a path that leads nowhere the part that does. */
export function placeOf(root: Document, path: string): Place {
  const places = known.get(root) ?? new Map<string, Place>()
  known.set(root, places)
  const existing = places.get(path)
  if (existing) return existing
  const place = path === '' ? netOf(root) : stepInto(root, path)
  places.set(path, place)
  return place
}

function netOf(root: Document): Place {
  return { path: '', document: root, analysis: analysisOf(root), trail: [] }
}

function stepInto(root: Document, path: string): Place {
  const end = path.lastIndexOf('/')
  const around = placeOf(root, path.slice(0, Math.max(end, 0)))
  const id = path.slice(end + 1)
  const node = around.document.nodes[id]
  // What is no block, or is no longer there, cannot be entered.
  if (around.path !== path.slice(0, Math.max(end, 0)) || around.closed !== undefined || !node) return around
  const trail = [...around.trail, { path, id, type: node.type }]
  const inner = enter(around.document, around.analysis, id)
  if (inner) return { path, document: inner.document, analysis: analysisOf(inner.document, inner.ports), trail }
  if (!kindIn(around.document, node.type)?.isBlock) return around
  return { path, document: around.document, analysis: around.analysis, closed: id, trail }
}

/** Where a node of the net or inside its own blocks is shown: the place, and the node's id there. */
export function whereIs(root: Document, path: string): { readonly place: string; readonly id: NodeId } {
  const ids = path.split('/')
  let place = ''
  for (const id of ids.slice(0, -1)) {
    const next = place === '' ? id : `${place}/${id}`
    const entered = placeOf(root, next)
    if (entered.path !== next || entered.closed !== undefined) return { place, id }
    place = next
  }
  return { place, id: ids.at(-1)! }
}
