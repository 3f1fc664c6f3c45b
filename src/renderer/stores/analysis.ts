import type { Document } from '../../shared/document/document.js'
import { analyze } from '../../shared/graph/analyze.js'
import type { PortShapes } from '../../shared/graph/expand.js'
import type { Analysis } from '../../shared/graph/graph.js'

const known = new WeakMap<Document, Analysis>()

/** Everything there is to know of a document, or of the inside of a block with the shapes that enter it; computed once. */
export function analysisOf(document: Document, ports?: PortShapes): Analysis {
  const existing = known.get(document)
  if (existing) return existing
  const analysis = analyze(document, ports && { ports })
  known.set(document, analysis)
  return analysis
}
