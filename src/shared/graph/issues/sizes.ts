import type { Document } from '../../document/document.js'
import type { Issue } from '../../errors.js'
import { shapeText } from '../../layers/shapes.js'
import { LIMITS } from '../../limits.js'
import { anySizeOf, PROBE, sizeWords } from '../any-size/any-size.js'
import { meetingFrom, type SideRule } from '../any-size/rule.js'
import { inputOf, misfitsAt, type Expansion } from '../expand.js'

/** Tensors and models too large to be built; checked before anything is allocated. */
export function limitIssues({ tooLarge, sums: { parameters, multiplyAdds } }: Expansion): readonly Issue[] {
  const issues = tooLarge.map(([{ id, origin }, shape]): Issue => {
    const where = id === origin ? { node: id } : { node: origin, inner: id }
    const message = `A tensor of ${shapeText(shape)} has more than ${LIMITS.elements.toLocaleString('en')} values.`
    const hint = 'Use a smaller image, fewer filters or units, or pooling before it.'
    return { severity: 'error', code: 'limit/tensor', message, hint, where }
  })
  if (parameters > LIMITS.parameters) {
    const message = `The net has ${parameters.toLocaleString('en')} parameters, more than ${LIMITS.parameters.toLocaleString('en')}.`
    const hint = 'Use fewer filters or units, or global average pooling instead of flatten.'
    issues.push({ severity: 'error', code: 'limit/parameters', message, hint, where: {} })
  }
  if (multiplyAdds > Number.MAX_SAFE_INTEGER) {
    const message =
      'The net needs more multiply-adds for one image than can be counted exactly (9,007,199,254,740,991).'
    const hint = 'Use smaller images, fewer filters, or strides.'
    issues.push({ severity: 'error', code: 'limit/multiply-adds', message, hint, where: {} })
  }
  return issues
}

/**
 * Problems that an open input size hides: `any` equals `any`, though two branches with different strides never meet.
 * The net is tried at 224x224, or the next size at which its branches meet; what is too small there may still work with larger
 * images and is not reported.
 */
export function openSizeIssues(document: Document, expansion: Expansion): readonly Issue[] {
  const input = inputOf(expansion)
  if (!input?.output?.includes(null)) return []
  const sizes = anySizeOf(document)
  const rules = [sizes?.height.rule, sizes?.width.rule]
  const probe = (rule?: SideRule) => (rule ? meetingFrom(rule, PROBE) : PROBE)
  const size = input.output.map((extent, side) => extent ?? probe(rules[side]))
  const issues: Issue[] = []
  const drawn = new Set(expansion.misfits.map(({ id }) => id))
  for (const { id, origin, misfit } of misfitsAt(document, size)) {
    if (misfit.code !== 'shape/mismatch' || drawn.has(id)) continue
    const message = `With an image of ${shapeText(size)}: ${misfit.message}`
    const where = id === origin ? { node: id, input: misfit.input ?? 0 } : { node: origin, inner: id }
    issues.push({ severity: 'error', code: misfit.code, message, hint: misfit.hint, where })
  }
  const isCounted = expansion.nodes.every(
    ({ layer }, place) => !layer.multiplyAdds || !expansion.layers[place]!.output?.includes(null),
  )
  if (!isCounted) {
    const message = 'Multiply-adds are not counted while the input takes images of any size.'
    const hint = `Give the input a height and a width to see them.${sizes ? ` ${sizeWords(sizes)}` : ''}`
    issues.push({ severity: 'warning', code: 'input/open-size', message, hint, where: { node: input.id } })
  }
  return issues
}
