import { FilePlus2, FolderOpen, LayoutGrid } from 'lucide-react'
import { templateOf } from '../../shared/templates/index.js'
import { buildTemplate, type Template } from '../../shared/templates/define.js'
import { built } from './gallery/built.js'
import { Thumbnail } from './gallery/Thumbnail.js'
import './gallery/gallery.css'
import './welcome.css'
import { analysisOf } from '../stores/analysis.js'
import { newDocument, openDocument } from '../stores/document.js'
import { openDialog } from '../stores/view.js'
import { Button } from '../ui/Button.js'
import { compact } from '../ui/format.js'

/** Nets that train on the built-in images at once: three heads, skip wires, and the same without skip wires. */
const FIRST = ['inception-mini', 'cifar-resnet-20', 'plain-20'].flatMap((name) => templateOf(name) ?? [])

/** Shown while no document is open: a few nets to start from, an empty one, or a file. */
export function Welcome() {
  return (
    <div className="welcome scroll">
      <div className="welcome-inside">
        <h1>Start with a net</h1>
        <p className="muted">
          A template is a whole net that can be changed freely. Inception-mini trains on the built-in images in minutes.
        </p>
        <ul className="welcome-cards" aria-label="Templates to start with">
          {FIRST.map((template) => (
            <li key={template.name}>
              <Card template={template} />
            </li>
          ))}
        </ul>
        <div className="welcome-actions">
          <Button icon={LayoutGrid} onPress={() => openDialog({ kind: 'gallery' })}>
            All templates…
          </Button>
          <Button icon={FilePlus2} onPress={() => void newDocument()}>
            Empty net
          </Button>
          <Button icon={FolderOpen} onPress={() => openDialog({ kind: 'open' })}>
            Open…
          </Button>
        </div>
      </div>
    </div>
  )
}

function Card({ template }: { readonly template: Template }) {
  const document = built(template)
  const { parameters, heads } = analysisOf(document)
  return (
    <button
      type="button"
      className="card"
      aria-label={`Start with ${template.title}`}
      onClick={() => openDocument(buildTemplate(template))}
    >
      <Thumbnail document={document} />
      <span className="card-title">{template.title}</span>
      <span className="card-numbers">
        <span>{compact(parameters.total)} parameters</span>
        {heads.length > 1 && <span>{heads.length} heads</span>}
      </span>
      <span className="card-doc">{template.doc}</span>
    </button>
  )
}
