import type { Document } from '../../document/document.js'
import type { Issue } from '../../errors.js'
import { shapeText, type Shape } from '../../layers/shapes.js'
import { LIMITS } from '../../limits.js'
import { anySizeOf, PROBE, sizeWords } from '../any-size/any-size.js'
import { expansionOf, type Expansion } from '../expand.js'
import type { FlatNode } from '../graph.js'

/** Tensors and models too large to be built; checked before anything is allocated. */
export function limitIssues({ tooLarge, sums: { parameters, multiplyAdds } }: Expansion): readonly Issue[] {
  const limit = LIMITS.elements.toLocaleString('en')
  const issues = tooLarge.map(([{ id, origin }, shape]): Issue => {
    const where = id === origin ? { node: id } : { node: origin, inner: id }
    const message = `A tensor of ${shapeText(shape)} has more than ${limit} values.`
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
 * The net is tried at 224x224; what is too small there may still work with larger images and is not reported.
 */
export function openSizeIssues(
  document: Document,
  expansion: Expansion,
  input: FlatNode | undefined,
): readonly Issue[] {
  const shape = input && expansion.shapes.get(input.id)
  if (!input || !shape?.includes(null)) return []
  const size = shape.map((extent) => extent ?? PROBE)
  const issues: Issue[] = []
  const probe = expansionOf(document, size)
  for (const { id, origin } of probe.graph.nodes) {
    const misfit = probe.misfits.get(id)
    if (misfit?.code !== 'shape/mismatch' || expansion.misfits.has(id)) continue
    const message = `With an image of ${shapeText(size)}: ${misfit.message}`
    const where = id === origin ? { node: id, input: misfit.input ?? 0 } : { node: origin, inner: id }
    issues.push({ severity: 'error', code: misfit.code, message, hint: misfit.hint, where })
  }
  const isCounted = expansion.graph.nodes.every(
    (node) => !node.layer.multiplyAdds || hasSize(expansion.shapes.get(node.id)),
  )
  if (!isCounted) {
    const message = 'Multiply-adds are not counted while the input takes images of any size.'
    const sizes = anySizeOf(document)
    const hint = `Give the input a height and a width to see them.${sizes ? ` ${sizeWords(sizes)}` : ''}`
    issues.push({ severity: 'warning', code: 'input/open-size', message, hint, where: { node: input.id } })
  }
  return issues
}

function hasSize(shape: Shape | undefined): boolean {
  return shape === undefined || !shape.includes(null)
}
