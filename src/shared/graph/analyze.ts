import type { Document } from '../document/document.js'
import { anySizeOf } from './any-size/any-size.js'
import { expansionOf, flatGraph, inputOf, type Expansion, type PortShapes } from './expand.js'
import { emptyRecord, type Analysis, type NodeFacts, type OriginFacts } from './graph.js'
import { withFixes } from './fixes/index.js'
import { headsOf } from './heads.js'
import { hintsFor } from './hints/index.js'
import { misfitIssues } from './issues/misfits.js'
import { receptiveFields } from './receptive.js'
import { limitIssues, openSizeIssues } from './issues/sizes.js'
import { structureIssues } from './issues/structure.js'

/** What the analysis takes instead of what the document says. */
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
  const { ports } = options
  const expansion = expansionOf(document, options.input, ports)
  const { issues, ...facts } = knownOf(document, expansion)
  return { ...facts, issues: withFixes(issues, { document, expansion, heads: facts.heads, ports }) }
}

/** The last analysis of an expansion, and the batch size that hints looked at: nothing else of a document changes it. */
const known = new WeakMap<Expansion, { readonly batch: unknown; readonly analysis: Analysis }>()

/** An analysis without fixes that are tried out. */
function knownOf(document: Document, expansion: Expansion): Analysis {
  const { batch } = document.training
  const existing = known.get(expansion)
  if (existing && Object.is(existing.batch, batch)) return existing.analysis
  const analysis = analyzed(document, expansion)
  known.set(expansion, { batch, analysis })
  return analysis
}

function analyzed(document: Document, expansion: Expansion): Analysis {
  const { wiring, sums } = expansion
  const graph = flatGraph(expansion)
  const heads = headsOf(document, expansion)
  const mainHead = heads[0]?.id
  const input = inputOf(expansion)
  const anySize = input?.output?.includes(null) ? anySizeOf(document) : undefined
  const fields = receptiveFields(expansion)
  return {
    graph,
    nodes: nodeFacts(expansion),
    origins: originFacts(expansion),
    heads,
    ...(mainHead !== undefined && { mainHead }),
    ...(input?.output && { input: { id: input.id, shape: input.output } }),
    parameters: { total: sums.parameters, trainable: sums.trainable },
    multiplyAdds: sums.multiplyAdds,
    receptiveFields: fields,
    ...(anySize && { anySize }),
    issues: [
      ...graph.issues,
      ...misfitIssues(document, expansion),
      ...structureIssues(document, wiring, heads),
      ...openSizeIssues(document, expansion),
      ...limitIssues(expansion),
    ],
    hints: document.within ? [] : hintsFor({ document, expansion, heads, receptiveFields: fields }),
  }
}

function nodeFacts({ layers }: Expansion): Analysis['nodes'] {
  const nodes = emptyRecord<NodeFacts>()
  for (const facts of layers) nodes[facts.id] = facts
  return nodes
}

const NOTHING: OriginFacts = { parameters: 0, trainable: 0, multiplyAdds: 0, layers: 0 }

function originFacts({ wiring, made }: Expansion): Analysis['origins'] {
  const origins = emptyRecord<OriginFacts>()
  for (const { id, at } of wiring.joints.values()) origins[id] = made[at]?.part.facts.whole ?? NOTHING
  return origins
}
