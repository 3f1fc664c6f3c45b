import { useHost } from '../../host.js'
import { closeDocument } from '../../stores/document.js'
import { save } from '../../stores/files.js'
import { openDialog } from '../../stores/view.js'
import { Button } from '../../ui/Button.js'
import { Dialog } from '../../ui/Dialog.js'
import { useTab } from './useTab.js'

/** Asks what becomes of unsaved work before its tab closes. */
export function UnsavedDialog({ tabKey, onClose }: { readonly tabKey: string; readonly onClose: () => void }) {
  const { api } = useHost()
  const tab = useTab(tabKey)
  if (!tab) return undefined
  const discard = () => {
    onClose()
    closeDocument(tabKey)
  }
  const keep = async () => {
    if (!tab.stored) return openDialog({ kind: 'save-as', key: tabKey, thenClose: true })
    onClose()
    if (await save(api, tabKey)) closeDocument(tabKey)
  }
  return (
    <Dialog
      alert
      isOpen
      onClose={onClose}
      title={`Save the changes to “${tab.history.present.name}”?`}
      actions={
        <>
          <Button kind="danger" onPress={discard}>
            Do not save
          </Button>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" onPress={() => void keep()}>
            Save
          </Button>
        </>
      }
    >
      <p className="muted">Closing the tab without saving loses what was changed since the last save.</p>
    </Dialog>
  )
}
