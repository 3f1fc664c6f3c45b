import { Plus, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Button } from 'react-aria-components/Button'
import { useStore } from 'zustand'
import { askToClose } from '../stores/closing.js'
import { documents, isDirty, showDocument, type OpenDocument } from '../stores/document.js'
import { openDialog } from '../stores/view.js'
import { IconButton } from '../ui/Button.js'

/** The open documents; a dot marks unsaved work. */
export function DocumentTabs() {
  const { open, shown } = useStore(documents)
  return (
    <>
      {open.length > 0 && (
        <ul className="document-tabs" aria-label="Documents">
          {open.map((tab) => (
            <DocumentTab key={tab.key} tab={tab} isShown={tab.key === shown} />
          ))}
        </ul>
      )}
      <IconButton icon={Plus} label="New net" onPress={() => openDialog({ kind: 'gallery' })} />
    </>
  )
}

function DocumentTab({ tab, isShown }: { readonly tab: OpenDocument; readonly isShown: boolean }) {
  const { name } = tab.history.present
  const dirty = isDirty(tab)
  const item = useRef<HTMLLIElement>(null)
  useEffect(() => {
    // jsdom has no scrolling.
    if (isShown) item.current?.scrollIntoView?.({ inline: 'nearest', block: 'nearest' })
  }, [isShown])
  return (
    <li
      ref={item}
      className={`document-tab${isShown ? ' document-tab-on' : ''}${dirty ? ' document-tab-dirty' : ''}`}
      onAuxClick={(event) => event.button === 1 && askToClose(tab.key)}
    >
      <button
        type="button"
        aria-current={isShown ? 'page' : undefined}
        aria-label={dirty ? `Tab ${name}, not saved` : `Tab ${name}`}
        className="document-tab-name"
        title={tab.stored ? `${name} · ${tab.stored.name}` : name}
        onClick={() => showDocument(tab.key)}
      >
        {name || 'Untitled'}
      </button>
      <span className="document-tab-mark">
        <Button className="document-tab-close" aria-label={`Close ${name}`} onPress={() => askToClose(tab.key)}>
          <X size={12} strokeWidth={1.5} />
        </Button>
      </span>
    </li>
  )
}
