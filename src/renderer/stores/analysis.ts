import type { Document } from '../../shared/document/document.js'
import { analyze } from '../../shared/graph/analyze.js'
import type { Analysis } from '../../shared/graph/graph.js'

const known = new WeakMap<Document, Analysis>()

/** Everything there is to know of a document; computed once per document. */
export function analysisOf(document: Document): Analysis {
  const existing = known.get(document)
  if (existing) return existing
  const analysis = analyze(document)
  known.set(document, analysis)
  return analysis
}
