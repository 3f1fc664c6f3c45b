import { ChevronRight } from 'lucide-react'
import { Fragment } from 'react'
import type { Document } from '../../shared/document/document.js'
import { usesOf } from '../../shared/document/own-blocks.js'
import { nodeTitle } from '../catalogue/names.js'
import { analysisOf } from '../stores/analysis.js'
import type { Place } from '../stores/place.js'
import { enterBlock } from '../stores/view.js'
import { compact, grouped } from '../ui/format.js'

interface Props {
  readonly document: Document
  readonly place: Place
}

/** Where the canvas is, the way back, and the totals of the net. */
export function Crumbs({ document, place }: Props) {
  const analysis = analysisOf(document)
  const open = Object.keys(document.nodes).some((id) => !analysis.origins[id]?.output)
  return (
    <div className="crumbs">
      <Trail document={document} place={place} layers={analysis.graph.nodes.length} />
      <span className="totals" role="status" aria-label="Totals">
        <span title={`${grouped(analysis.parameters.total)} parameters, moving statistics included`}>
          {grouped(analysis.parameters.total)} parameters
        </span>
        {' · '}
        {analysis.anySize ? (
          <span>multiply-adds depend on the image</span>
        ) : (
          <span title={`${grouped(analysis.multiplyAdds)} multiply-adds for one image`}>
            {compact(analysis.multiplyAdds)} multiply-adds
          </span>
        )}
        {open && ' so far'}
      </span>
    </div>
  )
}

function Trail({ document, place, layers }: Props & { readonly layers: number }) {
  const name = document.name || 'Untitled'
  const here = place.trail.at(-1)
  if (!here) {
    return (
      <nav aria-label="Place" className="crumbs-path">
        <h1 className="crumb-here">{name}</h1>
        <span className="muted">{counts(Object.keys(document.nodes).length, layers)}</span>
      </nav>
    )
  }
  const around = [{ path: undefined, title: name }, ...place.trail.slice(0, -1).map(({ path, id, type }) => ({ path, title: nodeTitle(id, type) }))] // prettier-ignore
  return (
    <nav aria-label="Place" className="crumbs-path">
      {around.map(({ path, title }) => (
        <Fragment key={path ?? ''}>
          <button type="button" className="crumb" onClick={() => enterBlock(path)}>
            {title}
          </button>
          <ChevronRight size={12} strokeWidth={1.5} />
        </Fragment>
      ))}
      <h1 className="crumb-here">{nodeTitle(here.id, here.type)}</h1>
      <span className="muted crumb-note">{note(document, place)}</span>
    </nav>
  )
}

/** What editing here means. */
function note(document: Document, { closed, document: shown }: Place): string {
  if (closed !== undefined || !shown.within) return '· read-only, Esc goes back'
  const uses = usesOf(document, shown.within.block).length
  return uses === 1 ? '· Esc goes back' : `· edits all ${uses} uses, Esc goes back`
}

function counts(nodes: number, layers: number): string {
  if (nodes === 0) return '· empty'
  const word = nodes === 1 ? 'node' : 'nodes'
  return layers > nodes
    ? `· ${grouped(nodes)} ${word}, ${grouped(layers)} layers inside`
    : `· ${grouped(nodes)} ${word}`
}
