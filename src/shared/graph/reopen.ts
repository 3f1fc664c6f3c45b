import type { Document } from '../document/document.js'
import type { Shape } from '../layers/shapes.js'
import { LIMITS } from '../limits.js'
import { count, kindFor, sourcesOf, type Expansion } from './expansion.js'
import { isSameShape, partOf, type Made, type Part } from './part.js'
import { entriesOf } from './wiring.js'

/** A step whose node became something else than before. */
interface Step {
  readonly at: number
  readonly before: Made
  readonly after: Made
}

/**
 * Open a document again of which only settings have changed since: what it cost the first time is spent on the nodes that
 * changed, and on those whose inputs have another shape now. The same object if nothing did; `undefined` where layers came
 * or went or problems of settings changed, so that all must be opened anew.
 */
export function reopen(document: Document, last: Expansion, input: Shape | undefined): Expansion | undefined {
  if (last.sums.opened > LIMITS.opened) return undefined
  const { made, changes } = remake(document, last, input)
  if (changes.length === 0) return last
  return changes.every(isSameInside) ? patched(last, made, changes) : undefined
}

function remake(document: Document, last: Expansion, input: Shape | undefined) {
  const { nodes } = entriesOf(document)
  const { steps } = last.wiring
  const changes: Step[] = []
  const isChanged = new Uint8Array(steps.length)
  let made = last.made as (Made | undefined)[]
  for (let at = 0; at < steps.length; at++) {
    const before = last.made[at]
    if (!before) continue
    const { id, place, feeds } = steps[at]!
    const node = nodes[place]!
    const isFedAnew = changes.length > 0 && feeds.some((feed) => feed && isChanged[feed.at] === 1)
    const replaced = node.type === 'input' ? input : undefined
    if (node.params === before.params && !isFedAnew && isSameShape(replaced, before.origin?.input)) continue
    const kind = kindFor(document, node.type)!
    const after = partOf(id, node, { kind, ...sourcesOf(feeds, made), scope: undefined, input: replaced }, before)
    if (after === before) continue
    if (made === last.made) made = [...last.made]
    made[at] = after
    isChanged[at] = 1
    changes.push({ at, before, after })
  }
  return { made, changes }
}

/** Whether a node holds the same layers as before, wired as before, and no problem of its settings came or went. */
function isSameInside({ before: { part: a }, after: { part: b } }: Step): boolean {
  const isQuiet = a.issues.length + b.issues.length === 0 && a.opened === b.opened && b.nodes.length > 0
  return isQuiet && isSameList(a.outputs, b.outputs) && isSameLayers(a, b)
}

function isSameLayers({ nodes: a }: Part, { nodes: b }: Part): boolean {
  if (a.length !== b.length) return false
  return a.every((node, at) => {
    const other = b[at]!
    return node.id === other.id && node.layer === other.layer && isSameList(node.inputs, other.inputs)
  })
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at])
}

function patched(last: Expansion, made: readonly (Made | undefined)[], changes: readonly Step[]): Expansion {
  const [nodes, layers, wholes] = [[...last.graph.nodes], [...last.layers], [...last.wholes]]
  const [shapes, misfits, sums] = [new Map(last.shapes), new Map(last.misfits), { ...last.sums }]
  for (const { at, before, after } of changes) {
    const { part } = after
    wholes[at] = part.facts.whole
    count(sums, before, -1)
    count(sums, after, 1)
    part.nodes.forEach((node, index) => {
      const place = last.starts[at]! + index
      nodes[place] = node
      layers[place] = part.facts.layers[index]!
      const shape = part.shapes.get(node.id)
      if (shape) shapes.set(node.id, shape)
      else shapes.delete(node.id)
      misfits.delete(node.id)
    })
    for (const [path, misfit] of part.misfits) misfits.set(path, misfit)
  }
  const isLarge = [...changes.flatMap(({ after }) => after.part.facts.tooLarge), ...last.tooLarge].length > 0
  const tooLarge = isLarge ? made.flatMap((one) => one?.part.facts.tooLarge ?? []) : last.tooLarge
  const graph = { ...last.graph, nodes }
  return { ...last, graph, made, wholes, layers, shapes, misfits, tooLarge, sums: exact(sums, made) }
}

/** Sums by difference are exact as long as all numbers are; else they are added up anew. */
function exact(sums: Expansion['sums'], made: readonly (Made | undefined)[]): Expansion['sums'] {
  const before = [sums.parameters, sums.trainable, sums.multiplyAdds]
  if (before.every((sum) => Number.isSafeInteger(sum) && sum < Number.MAX_SAFE_INTEGER / 2)) return sums
  const anew = { parameters: 0, trainable: 0, multiplyAdds: 0, opened: 0 }
  for (const one of made) if (one) count(anew, one, 1)
  return anew
}
