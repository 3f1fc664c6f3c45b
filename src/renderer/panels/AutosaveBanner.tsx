import { TriangleAlert } from 'lucide-react'
import { useAutosaveTrouble } from '../stores/autosave.js'
import { documents, isDirty } from '../stores/document.js'
import { download } from '../stores/files.js'
import { Button } from '../ui/Button.js'

/** Says that unsaved work is only in this window, and why, until it is kept again; the way out is a copy elsewhere. */
export function AutosaveBanner() {
  const reason = useAutosaveTrouble()
  // While the services are away, the line of the connection says it.
  if (!reason || reason.code === 'host/closed') return undefined
  const copy = () =>
    documents
      .getState()
      .open.filter(isDirty)
      .forEach((tab) => download(tab.history.present))
  return (
    <div className="banner" role="alert" aria-label="Autosave">
      <TriangleAlert size={16} strokeWidth={1.5} />
      <span>
        Your unsaved work is only in this window: {reason.message} {reason.hint} Netwright keeps trying.
      </span>
      <Button onPress={copy}>Download a copy</Button>
    </div>
  )
}
