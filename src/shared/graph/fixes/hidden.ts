import type { Document, NodeId } from '../../document/document.js'
import type { Issue, Where } from '../../errors.js'
import type { Expansion } from '../expand.js'
import { isSameShape } from '../../layers/shapes.js'

/** A net before or after a fix. */
export interface Tried {
  readonly document: Document
  readonly expansion: Expansion
}

/**
 * Whether an error that a fix leaves behind was there before, but could not be known. Either nothing could be said of its node, which
 * the fix leaves as it was, settings and wires: a shape at its inputs was not known. Or its node is that of the mended issue, of which
 * a layer tells only the first: the inputs that do not meet have the shapes that they had.
 */
export function wasHidden(where: Where, mended: Issue, before: Tried, after: Tried): boolean {
  const id = where.node
  if (id === undefined || before.document.nodes[id] !== after.document.nodes[id]) return false
  const [old, now] = [shapesAt(before, id), shapesAt(after, id)]
  const { input } = where
  if (id === mended.where.node && input !== undefined && input > (mended.where.input ?? 0)) {
    const isSame = (at: number) => old?.[at] !== undefined && isSameShape(old[at], now?.[at])
    return isSame(0) && isSame(input)
  }
  return (old === undefined || old.includes(undefined)) && wiresInto(before, id) === wiresInto(after, id)
}

/** The shapes at the inputs of a node, by number, where they are known; `undefined` of one on a circle. */
function shapesAt({ expansion: { wiring, made } }: Tried, id: NodeId) {
  const at = wiring.joints.get(id)?.at
  return at === undefined ? undefined : made[at]?.origin?.shapes
}

function wiresInto({ document }: Tried, id: NodeId): string {
  const wires = document.wires.filter(({ to }) => to === id)
  return wires
    .map(({ from, output = 0, input }) => `${input} ${from} ${output}`)
    .sort()
    .join('\n')
}
