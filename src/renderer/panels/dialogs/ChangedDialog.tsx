import { useHost } from '../../host.js'
import { saveAs, takeTheirs } from '../../stores/files.js'
import { openDialog } from '../../stores/view.js'
import { Button } from '../../ui/Button.js'
import { Question } from '../../ui/Question.js'
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
    <Question
      onClose={onClose}
      title={`“${stored.name}” has changed on disk`}
      answers={
        <>
          <Button onPress={() => openDialog({ kind: 'save-as', key: tabKey })}>Save as…</Button>
          <Button onPress={then(() => takeTheirs(api, tabKey))}>Take theirs</Button>
          <Button kind="primary" onPress={then(() => saveAs(api, tabKey, stored.name))}>
            Keep mine
          </Button>
        </>
      }
    >
      Another window or program has written it since it was opened here. Keep mine replaces what it wrote; take theirs
      shows it here, and undo brings yours back.
    </Question>
  )
}
