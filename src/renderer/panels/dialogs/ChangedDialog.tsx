import { useHost } from '../../host.js'
import { saveAs, takeTheirs } from '../../stores/files.js'
import { openDialog } from '../../stores/view.js'
import { Button } from '../../ui/Button.js'
import { Dialog } from '../../ui/Dialog.js'
import { useTab } from './useTab.js'

/** The stored document was changed by someone else since it was opened here. */
export function ChangedDialog({ tabKey, onClose }: { readonly tabKey: string; readonly onClose: () => void }) {
  const { api } = useHost()
  const stored = useTab(tabKey)?.stored
  if (!stored) return undefined
  const then = (act: () => unknown) => () => {
    onClose()
    act()
  }
  return (
    <Dialog
      alert
      isOpen
      onClose={onClose}
      title={`“${stored.name}” has changed on disk`}
      actions={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button onPress={() => openDialog({ kind: 'save-as', key: tabKey })}>Save as…</Button>
          <Button onPress={then(() => takeTheirs(api, tabKey))}>Take theirs</Button>
          <Button kind="primary" onPress={then(() => saveAs(api, tabKey, stored.name))}>
            Keep mine
          </Button>
        </>
      }
    >
      <p className="muted">
        Another window or program has written it since it was opened here. Keep mine replaces what it wrote; take theirs
        shows it here, and undo brings yours back.
      </p>
    </Dialog>
  )
}
