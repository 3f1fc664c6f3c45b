import { FilePlus2, FolderOpen, LayoutGrid } from 'lucide-react'
import { entryOf, shownOf, type Entry } from './gallery/entries.js'
import './gallery/gallery.css'
import './welcome.css'
import { newDocument, openDocument } from '../stores/document.js'
import { openDialog } from '../stores/view.js'
import { Button } from '../ui/Button.js'
import { PictureView } from '../ui/PictureView.js'

/** Nets that train on the built-in images at once: three heads, skip wires, and the same without skip wires. */
const FIRST = ['inception-mini', 'cifar-resnet-20', 'plain-20'].flatMap((name) => entryOf(name) ?? [])

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
          {FIRST.map((entry) => (
            <li key={entry.name}>
              <Card entry={entry} />
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

function Card({ entry }: { readonly entry: Entry }) {
  const { document, picture, numbers } = shownOf(entry)
  return (
    <button
      type="button"
      className="card"
      aria-label={`Start with ${entry.title}`}
      onClick={() => openDocument(document)}
    >
      <PictureView picture={picture} className="thumbnail" decorative />
      <span className="card-title">{entry.title}</span>
      <span className="card-numbers">
        {numbers.map((number) => (
          <span key={number}>{number}</span>
        ))}
      </span>
      <span className="card-doc">{entry.doc}</span>
    </button>
  )
}
