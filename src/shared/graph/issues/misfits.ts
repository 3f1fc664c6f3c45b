import type { Document } from '../../document/document.js'
import type { Issue, Where } from '../../errors.js'
import { anySizeOf } from '../any-size/any-size.js'
import type { Expansion } from '../expand.js'

/** One issue per node of the document whose inputs do not fit; the first misfit stands for all inside a block. */
export function misfitIssues(document: Document, expansion: Expansion): readonly Issue[] {
  let smallest: string | undefined
  return misfitCodes(expansion).map(({ misfit, ...place }) => {
    const { message, hint } = misfit
    const more = place.code === 'shape/too-small' ? (smallest ??= smallestWords(document)) : ''
    const { node, inner } = place.where
    const inside = inner === undefined ? '' : `Inside ${node}, ${inner.slice(node!.length + 1)}: `
    return { ...place, message: inside + message, hint: hint + more }
  })
}

/** Code, place and reason of the same, without the words that take longer to find. */
export function misfitCodes({ misfits }: Expansion) {
  const first = misfits.filter(({ origin }, at) => misfits[at - 1]?.origin !== origin)
  return first.map(({ id, origin, misfit }) => {
    const { code, input } = misfit
    const where: Where =
      id === origin ? { node: id, ...(input !== undefined && { input }) } : { node: origin, inner: id }
    return { severity: 'error' as const, code, where, misfit }
  })
}

/** The size from which on a net fits, where it is too small now. */
function smallestWords(document: Document): string {
  const sizes = anySizeOf(document)
  if (!sizes) return ''
  const [height, width] = [sizes.height.rule, sizes.width.rule]
  const least = height.complete && width.complete ? '' : 'at least '
  return ` The smallest image that fits this net is ${least}${height.smallest}x${width.smallest}.`
}
