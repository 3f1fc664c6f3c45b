import { setParams } from '../../document/commands.js'
import { nodeOf } from '../../document/document.js'
import { anySizeOf } from '../any-size/any-size.js'
import { firstFrom, type SideRule } from '../any-size/rule.js'
import { inputOf } from '../expand.js'
import type { Proposals } from './fix.js'

/** Another size of the image: the smallest that the net takes where it is too small; the smallest that keeps stages whole where it is open. */
export const otherImage: Proposals = (_, { document, expansion, ports }) => {
  const input = inputOf(expansion)
  const sizes = ports ? undefined : anySizeOf(document)
  if (!input?.output || !sizes || !nodeOf(document, input.id)) return []
  const { id, output } = input
  const [height, width] = [sizeFor(sizes.height.rule, output[0]), sizeFor(sizes.width.rule, output[1])]
  return [{ title: `Set the image to ${height}x${width}`, command: setParams([id], { height, width }) }]
}

function sizeFor(rule: SideRule, size: number | null | undefined): number {
  if (size == null) return firstFrom(rule.whole ?? rule.only, rule.smallest)
  return firstFrom(rule.only, Math.max(size, rule.smallest))
}
