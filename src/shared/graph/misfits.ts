import type { Document } from '../document/document.js'
import type { Issue } from '../errors.js'
import type { Misfit } from '../layers/define.js'
import type { Expansion } from './expand.js'
import { fixFor } from './fixes.js'
import type { FlatNode } from './graph.js'

/** One issue per node of the document whose inputs do not fit; the first misfit stands for all inside a block. */
export function misfitIssues(document: Document, expansion: Expansion): readonly Issue[] {
  const issues: Issue[] = []
  const reported = new Set<string>()
  for (const node of expansion.graph.nodes) {
    const misfit = expansion.misfits.get(node.id)
    if (!misfit || reported.has(node.origin)) continue
    reported.add(node.origin)
    issues.push(issueOf(document, expansion, node, misfit))
  }
  return issues
}

function issueOf(document: Document, expansion: Expansion, node: FlatNode, misfit: Misfit): Issue {
  const { code, message, hint, input } = misfit
  if (node.id !== node.origin) {
    const inner = `Inside ${node.origin}, ${node.id.slice(node.origin.length + 1)}: `
    return { severity: 'error', code, message: inner + message, hint, where: { node: node.origin, inner: node.id } }
  }
  const where = input === undefined ? { node: node.id } : { node: node.id, input }
  const fix = fixFor(document, expansion, node, misfit)
  return { severity: 'error', code, message, hint, where, ...(fix && { fix }) }
}
