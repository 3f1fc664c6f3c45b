import { useState } from 'react'
import type { DocumentEntry } from '../../../shared/api.js'
import { safeName } from '../../../shared/document/file-name.js'
import { useHost } from '../../host.js'
import { closeDocument } from '../../stores/document.js'
import { saveAs } from '../../stores/files.js'
import { Button } from '../../ui/Button.js'
import { Dialog } from '../../ui/Dialog.js'
import { TextField } from '../../ui/TextField.js'
import { useStoredDocuments } from './useStoredDocuments.js'
import { useTab } from './useTab.js'
import './dialogs.css'

interface Props {
  readonly tabKey: string
  readonly thenClose: boolean
  readonly onClose: () => void
}

/** Asks under which name a document is stored; says so before one is replaced. */
export function SaveAsDialog({ tabKey, thenClose, onClose }: Props) {
  const { api } = useHost()
  const tab = useTab(tabKey)
  const stored = useStoredDocuments()
  const [name, setName] = useState(() => tab?.stored?.name ?? safeName(tab?.history.present.name ?? ''))
  const file = name === tab?.stored?.name ? name : safeName(name)
  const taken = stored.state === 'ready' && stored.entries.some((entry) => isOther(entry, file, tab?.stored))
  const problem = name.trim() === '' ? 'A document needs a name.' : undefined
  const store = async () => {
    if (problem !== undefined || !(await saveAs(api, tabKey, file))) return
    onClose()
    if (thenClose) closeDocument(tabKey)
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Save as"
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" isDisabled={problem !== undefined} onPress={() => void store()}>
            {taken ? 'Replace' : 'Save'}
          </Button>
        </>
      }
    >
      <div className="save-as">
        <TextField
          focusFirst
          label="Name"
          value={name}
          onChange={setName}
          onEnter={() => void store()}
          problem={problem}
        />
        {problem === undefined && file !== name.trim() && <p className="save-as-file">It is stored as {file}.</p>}
        {taken && <p className="save-as-taken">A document of this name exists. Saving replaces it.</p>}
      </div>
    </Dialog>
  )
}

/** True for what would be replaced: another document, also where the disk takes capitals for small letters, or a later version of this one. */
function isOther(entry: DocumentEntry, file: string, own: DocumentEntry | undefined): boolean {
  if (entry.name === own?.name) return entry.name === file && entry.modified !== own.modified
  return entry.name.toLowerCase() === file.toLowerCase()
}
