import { useState } from 'react'
import { useHost } from '../../host.js'
import { closeDocument } from '../../stores/document.js'
import { fileName, saveAs } from '../../stores/files.js'
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
  const [name, setName] = useState(() => tab?.stored?.name ?? fileName(tab?.history.present.name ?? ''))
  const taken =
    stored.state === 'ready' && stored.entries.some((entry) => entry.name === name && entry.name !== tab?.stored?.name)
  const problem = saveNameProblem(name)
  const store = async () => {
    if (problem !== undefined || !(await saveAs(api, tabKey, name))) return
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
        {taken && <p className="save-as-taken">A document of this name exists. Saving replaces it.</p>}
      </div>
    </Dialog>
  )
}

/** What is wrong with a name to store under, in words. */
function saveNameProblem(name: string): string | undefined {
  if (name.trim() === '') return 'A document needs a name.'
  if (!/^[A-Za-z0-9][A-Za-z0-9._ -]*$/.test(name)) return 'Letters, digits, spaces, dots, - and _ only.'
  return name.length > 100 ? 'At most 100 letters.' : undefined
}
