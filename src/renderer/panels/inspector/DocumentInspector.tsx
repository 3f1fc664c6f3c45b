import { renameDocument } from '../../../shared/document/commands.js'
import type { Document } from '../../../shared/document/document.js'
import type { Analysis, HeadFacts } from '../../../shared/graph/graph.js'
import { nodeTitle } from '../../catalogue/names.js'
import { edit } from '../../stores/document.js'
import { shapeWords } from '../../ui/format.js'
import { showPlace } from '../show-place.js'
import { PaperSection } from '../paper/PaperSection.js'
import { NameRow } from './NameRow.js'
import { NetFigures } from './NetFigures.js'

/** The whole net: its name, totals, input and heads. */
export function DocumentInspector({
  document,
  analysis,
}: {
  readonly document: Document
  readonly analysis: Analysis
}) {
  const { heads } = analysis
  return (
    <>
      <header className="inspector-head">
        <h2>Net</h2>
      </header>
      <NameRow
        title="Name"
        label="Name of the net"
        value={document.name}
        onChange={(name) => edit(renameDocument(name), 'document/name')}
      />
      <NetFigures document={document} analysis={analysis} />
      <PaperSection />
      {heads.length > 0 && (
        <section aria-label="Heads" className="inspector-section">
          <h3 className="section-title">Heads</h3>
          <ul>
            {heads.map((head) => (
              <Head key={head.id} head={head} main={head.id === analysis.mainHead && heads.length > 1} />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function Head({ head, main }: { readonly head: HeadFacts; readonly main: boolean }) {
  return (
    <li>
      <button type="button" className="head-row" onClick={() => showPlace({ node: head.origin, inner: head.id })}>
        <span className="head-name">
          {nodeTitle(head.id, 'head')}
          {main && <span className="badge">main</span>}
        </span>
        <span className="mono muted">
          {head.shape ? `${shapeWords(head.shape)} classes` : 'no shape'}
          {head.depth && ` · ${head.depth.longest} deep`}
        </span>
      </button>
    </li>
  )
}
