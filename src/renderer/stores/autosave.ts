import type { Api } from '../../shared/api.js'
import type { Document } from '../../shared/document/document.js'
import { print } from '../../shared/document/file.js'
import { documents, isDirty } from './document.js'

type Autosave = Pick<Api['documents'], 'autosave'>

/** Pause between two autosaves, so that typing does not fill the disk, ms. */
const PAUSE = 1000

/**
 * Keep the unsaved work of every tab outside of the window: one message under way at a time, the newest state last, and
 * an empty list once everything is saved. Returns the function that stops it.
 */
export function startAutosave(api: Autosave, pause: () => Promise<void> = wait): () => void {
  let kept: readonly string[] = []
  let busy = false
  let stopped = false

  async function follow(): Promise<void> {
    if (busy) return
    busy = true
    for (let texts = unsaved(kept); texts !== undefined && !stopped; texts = unsaved(kept)) {
      const sent = await api.autosave(texts).then(
        () => true,
        () => false,
      )
      if (sent) kept = texts
      await pause()
      if (!sent) break
    }
    busy = false
  }

  const stop = documents.subscribe(() => void follow())
  void follow()
  return () => {
    stopped = true
    stop()
  }
}

/** What should be kept now, or `undefined` if that is kept already. */
function unsaved(kept: readonly string[]): readonly string[] | undefined {
  const texts = documents
    .getState()
    .open.filter(isDirty)
    .map((tab) => textOf(tab.history.present))
  return texts.length === kept.length && texts.every((text, at) => text === kept[at]) ? undefined : texts
}

const printed = new WeakMap<Document, string>()

/** Text of a document; printed once, since an edit changes one of many. */
function textOf(document: Document): string {
  const known = printed.get(document)
  if (known !== undefined) return known
  const text = print(document)
  printed.set(document, text)
  return text
}

function wait(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, PAUSE))
}
