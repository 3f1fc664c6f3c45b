import { FileJson, FolderOpen } from 'lucide-react'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import type { DocumentEntry } from '../../../shared/api.js'
import { useHost } from '../../host.js'
import { openFile, openStored } from '../../stores/files.js'
import { Button } from '../../ui/Button.js'
import { Dialog } from '../../ui/Dialog.js'
import { EmptyState } from '../../ui/EmptyState.js'
import { useStoredDocuments, type Stored } from './useStoredDocuments.js'
import './dialogs.css'

/** Stored documents to choose from, or a file from anywhere. */
export function OpenDialog({ onClose }: { readonly onClose: () => void }) {
  const { api } = useHost()
  const stored = useStoredDocuments()
  const open = async (entry: DocumentEntry) => {
    if (await openStored(api, entry)) onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Open"
      actions={
        <FileTrigger
          acceptedFileTypes={['.netwright', '.json', '.netblock', 'application/json']}
          onSelect={(files) => {
            const file = files?.[0]
            if (file) void openFile(file).then((done) => done && onClose())
          }}
        >
          <Button icon={FolderOpen}>From file…</Button>
        </FileTrigger>
      }
    >
      <List stored={stored} onOpen={(entry) => void open(entry)} />
    </Dialog>
  )
}

function List({ stored, onOpen }: { readonly stored: Stored; readonly onOpen: (entry: DocumentEntry) => void }) {
  if (stored.state === 'loading') return <EmptyState title="Looking for documents" />
  if (stored.state === 'failed') return <EmptyState title={stored.error.message}>{stored.error.hint}</EmptyState>
  if (stored.entries.length === 0) {
    return (
      <EmptyState icon={FileJson} title="No document is stored yet">
        What you save will be listed here. A file from anywhere can be dropped on the window, too.
      </EmptyState>
    )
  }
  return (
    <ul aria-label="Stored documents">
      {stored.entries.map((entry) => (
        <li key={entry.name}>
          <button type="button" className="open-row" onClick={() => onOpen(entry)}>
            <FileJson size={16} strokeWidth={1.5} />
            <span className="open-name">{entry.name}</span>
            <span className="muted">{when(entry.modified)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** `24 Nov 2026, 20:29` in the user's way of writing. */
export function when(iso: string): string {
  return new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}
