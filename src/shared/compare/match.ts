import type { Document, NodeId } from '../document/document.js'
import { wiringOf } from '../graph/wiring.js'

/**
 * Which node of one document is which of another: those of equal id and type; of the others those of one type that are fed by
 * the same nodes, front to back, so that a chain whose nodes all got new names is found again; and last those of equal id,
 * which became another layer. By ids of the second.
 */
export function matchNodes(before: Document, after: Document): ReadonlyMap<NodeId, NodeId> {
  const matched = new Map<NodeId, NodeId>()
  for (const id of Object.keys(after.nodes)) {
    if (Object.hasOwn(before.nodes, id) && before.nodes[id]!.type === after.nodes[id]!.type) matched.set(id, id)
  }
  const taken = new Set(matched.values())
  const left = Object.keys(before.nodes).filter((id) => !taken.has(id))
  if (left.length === 0) return matched
  const places = byPlace(before, left)
  const { steps } = wiringOf(after)
  for (const { id, feeds } of steps) {
    if (matched.has(id)) continue
    const sources = feeds.map((feed) => feed && `${matched.get(feed.from.id) ?? '?'}:${feed.output}`)
    const candidates = places.get(placeName(after.nodes[id]!.type, sources)) ?? []
    const params = JSON.stringify(after.nodes[id]!.params)
    const same = candidates.findIndex((one) => JSON.stringify(before.nodes[one]!.params) === params)
    const [found] = candidates.splice(Math.max(same, 0), 1)
    if (found !== undefined) matched.set(id, found)
  }
  const found = new Set(matched.values())
  for (const id of left) {
    if (!found.has(id) && !matched.has(id) && Object.hasOwn(after.nodes, id)) matched.set(id, id)
  }
  return matched
}

/** Nodes by their type and what feeds them. */
function byPlace(document: Document, ids: readonly NodeId[]): Map<string, NodeId[]> {
  const wanted = new Set(ids)
  const places = new Map<string, NodeId[]>()
  for (const { id, feeds } of wiringOf(document).steps) {
    if (!wanted.has(id)) continue
    const sources = feeds.map((feed) => feed && `${feed.from.id}:${feed.output}`)
    const name = placeName(document.nodes[id]!.type, sources)
    places.set(name, [...(places.get(name) ?? []), id])
  }
  return places
}

function placeName(type: string, sources: readonly (string | undefined)[]): string {
  return JSON.stringify([type, ...sources.map((source) => source ?? '')])
}
