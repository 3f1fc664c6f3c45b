import { ChevronRight } from 'lucide-react'
import type { Document } from '../../shared/document/document.js'
import { nodeTitle } from '../catalogue/names.js'
import { analysisOf } from '../stores/analysis.js'
import { enterBlock } from '../stores/view.js'
import { compact, grouped } from '../ui/format.js'

/** Where the canvas is, the way back, and the totals of the net. */
export function Crumbs({ document, inside }: { readonly document: Document; readonly inside: string | undefined }) {
  const analysis = analysisOf(document)
  const shown = Object.keys(document.nodes).length
  const layers = analysis.graph.nodes.length
  const open = Object.keys(document.nodes).some((id) => !analysis.origins[id]?.output)
  const block = inside === undefined ? undefined : document.nodes[inside]
  return (
    <div className="crumbs">
      <nav aria-label="Place" className="crumbs-path">
        {block && inside !== undefined ? (
          <>
            <button type="button" className="crumb" onClick={() => enterBlock(undefined)}>
              {document.name}
            </button>
            <ChevronRight size={12} strokeWidth={1.5} />
            <h1 className="crumb-here">{nodeTitle(inside, block.type)}</h1>
            <span className="muted">· read-only, Esc goes back</span>
          </>
        ) : (
          <>
            <h1 className="crumb-here">{document.name || 'Untitled'}</h1>
            <span className="muted">{counts(shown, layers)}</span>
          </>
        )}
      </nav>
      <span className="totals" role="status" aria-label="Totals">
        <span title={`${grouped(analysis.parameters.total)} parameters, moving statistics included`}>
          {grouped(analysis.parameters.total)} parameters
        </span>
        {' · '}
        <span title={`${grouped(analysis.multiplyAdds)} multiply-adds for one image`}>
          {Number.isFinite(analysis.multiplyAdds) ? compact(analysis.multiplyAdds) : 'open'} multiply-adds
        </span>
        {open && ' so far'}
      </span>
    </div>
  )
}

function counts(nodes: number, layers: number): string {
  if (nodes === 0) return '· empty'
  const word = nodes === 1 ? 'node' : 'nodes'
  return layers > nodes
    ? `· ${grouped(nodes)} ${word}, ${grouped(layers)} layers inside`
    : `· ${grouped(nodes)} ${word}`
}
