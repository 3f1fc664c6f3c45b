import type { Api } from '../../shared/api.js'
import { print } from '../../shared/document/file.js'
import { documents, isDirty, shownTab } from './document.js'

type Autosave = Pick<Api['documents'], 'autosave'>

/** Pause between two autosaves, so that typing does not fill the disk, ms. */
const PAUSE = 1000

/**
 * Keep unsaved work of the shown tab outside of the window: one message under way at a time, the newest state last, and
 * an empty text once everything is saved. Returns the function that stops it.
 */
export function startAutosave(api: Autosave, pause: () => Promise<void> = wait): () => void {
  let kept = ''
  let busy = false
  let stopped = false

  async function follow(): Promise<void> {
    if (busy) return
    busy = true
    for (let text = unsavedText(kept); text !== undefined && !stopped; text = unsavedText(kept)) {
      const sent = await api.autosave(text).then(
        () => true,
        () => false,
      )
      if (sent) kept = text
      await pause()
      if (!sent) break
    }
    busy = false
  }

  const stop = documents.subscribe(() => void follow())
  return () => {
    stopped = true
    stop()
  }
}

/** What should be kept now, or `undefined` if that is kept already. */
function unsavedText(kept: string): string | undefined {
  const tab = shownTab()
  const dirty = tab && isDirty(tab) ? tab : documents.getState().open.find(isDirty)
  const text = dirty ? print(dirty.history.present) : ''
  return text === kept ? undefined : text
}

function wait(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE))
}
