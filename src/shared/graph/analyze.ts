import type { Document } from '../document/document.js'
import { anySizeOf } from './any-size/any-size.js'
import { expansionOf, type PortShapes } from './expand.js'
import { nodeFacts, originFacts } from './facts.js'
import type { Analysis } from './graph.js'
import { withFixes } from './fixes/index.js'
import { headsOf } from './heads.js'
import { hintsFor } from './hints/index.js'
import { misfitIssues } from './issues/misfits.js'
import { receptiveFields } from './receptive.js'
import { limitIssues, openSizeIssues } from './issues/sizes.js'
import { deadEnds, structureIssues } from './issues/structure.js'

export interface AnalyzeOptions {
  /** `[height, width, channels]` of the images, instead of what the input node says. */
  readonly input?: readonly [height: number, width: number, channels: number]
  /** For the inside of an own block: shapes at its inputs, by the ids of the ports. */
  readonly ports?: PortShapes
}

/**
 * Everything there is to know of a net before training: shape on every wire, parameters, multiply-adds and all problems
 * at once. Pure, never throws, whatever the document holds.
 */
export function analyze(document: Document, options: AnalyzeOptions = {}): Analysis {
  const expansion = expansionOf(document, options.input, options.ports)
  const { graph, wiring, shapes } = expansion
  const nodes = nodeFacts(expansion)
  const heads = headsOf(document, expansion)
  const mainHead = heads[0]?.id
  const input = graph.nodes.find((node) => node.layer.type === 'input')
  const { sums } = expansion
  const shape = input && shapes.get(input.id)
  const anySize = shape?.includes(null) ? anySizeOf(document) : undefined
  const issues = [
    ...graph.issues,
    ...misfitIssues(document, expansion),
    ...structureIssues(document, wiring, heads),
    ...openSizeIssues(document, expansion, input),
    ...limitIssues(expansion),
  ]
  const hasDeadEnds = deadEnds(document, wiring).length > 0
  const fields = receptiveFields(expansion)
  return {
    graph,
    nodes,
    origins: originFacts(document, expansion),
    heads,
    ...(mainHead !== undefined && { mainHead }),
    ...(input && shape && { input: { id: input.id, shape } }),
    parameters: { total: sums.parameters, trainable: sums.trainable },
    multiplyAdds: sums.multiplyAdds,
    receptiveFields: fields,
    ...(anySize && { anySize }),
    issues: withFixes(issues, { document, expansion, heads, ports: options.ports }),
    hints: document.within
      ? []
      : hintsFor({ document, expansion, facts: nodes, heads, hasDeadEnds, receptiveFields: fields }),
  }
}
