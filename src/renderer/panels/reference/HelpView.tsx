import { useState } from 'react'
import { PAGES, pageOf } from '../../../shared/reference/pages.js'
import { showHelp, useHelp } from '../../stores/help.js'
import { openDocument, usePlace } from '../../stores/document.js'
import type { Place } from '../../stores/place.js'
import { useSelection } from '../../stores/selection.js'
import { Button } from '../../ui/Button.js'
import { SearchBox } from '../../ui/SearchBox.js'
import { ReferencePage } from './ReferencePage.js'

/** Help beside the canvas: on what is selected, on a page that was asked for, or the list of all pages. */
export function HelpView() {
  const asked = useHelp((s) => s.page)
  const place = usePlace()
  const [first] = useSelection((s) => s.nodes)
  const page = pageOf(asked ?? (place && typeAt(place, first)) ?? CONTENTS)
  return (
    <>
      {page ? <ReferencePage key={page.name} page={page} /> : <Contents />}
      {page && (
        <>
          <Button wide onPress={() => openDocument(page.example.document)}>
            {page.kind === 'template' ? 'Open this net' : 'Open the example'}
          </Button>
          <Button wide onPress={() => showHelp(CONTENTS)}>
            All pages
          </Button>
        </>
      )}
    </>
  )
}

/** Type of the selected node, also inside a block, or of the block whose inside is shown. */
function typeAt({ document, analysis, closed }: Place, selected: string | undefined): string | undefined {
  const id = selected ?? closed
  return id === undefined ? undefined : (document.nodes[id]?.type ?? analysis.nodes[id]?.type)
}

/** A page that there is not: the list of all. */
const CONTENTS = ''

const HEADINGS = { layer: 'Layers', block: 'Blocks', template: 'Templates' } as const

function Contents() {
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLowerCase()
  const found = PAGES.filter(({ name, title }) => `${title} ${name}`.toLowerCase().includes(wanted))
  return (
    <>
      <h2 className="reference-title">Help</h2>
      <SearchBox label="Search help" value={search} onChange={setSearch} />
      {(Object.keys(HEADINGS) as (keyof typeof HEADINGS)[]).map((kind) => {
        const pages = found.filter((page) => page.kind === kind)
        return (
          pages.length > 0 && (
            <section key={kind} aria-label={`Help on ${HEADINGS[kind].toLowerCase()}`} className="inspector-section">
              <h3 className="section-title">{HEADINGS[kind]}</h3>
              <ul>
                {pages.map(({ name, title }) => (
                  <li key={name}>
                    <button type="button" className="reference-link" onClick={() => showHelp(name)}>
                      {title}
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          )
        )
      })}
      {found.length === 0 && <p className="muted">No page is called “{search}”.</p>}
    </>
  )
}
