import type { Api } from '../../shared/api.js'
import type { Document } from '../../shared/document/document.js'
import { print } from '../../shared/document/file.js'
import { documents, isDirty } from './document.js'

type Autosave = Pick<Api['documents'], 'autosave'>

/** Pause between two autosaves, so that typing does not fill the disk, ms. */
const PAUSE = 1000

/**
 * Keep the unsaved work of every tab outside of the window: one message under way at a time, the newest state last, and
 * an empty list once everything is saved. `undecided`: texts from last time that are kept already, and stay. Returns the
 * function that stops it.
 */
export function startAutosave(
  api: Autosave,
  undecided: readonly string[] = [],
  pause: () => Promise<void> = wait,
): () => void {
  let kept = undecided
  let busy = false
  let stopped = false

  const next = () => unlessKept([...undecided, ...unsaved()], kept)

  async function follow(): Promise<void> {
    if (busy) return
    busy = true
    for (let texts = next(); texts !== undefined && !stopped; texts = next()) {
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

function unsaved(): readonly string[] {
  const { open } = documents.getState()
  return open.filter(isDirty).map((tab) => textOf(tab.history.present))
}

function unlessKept(texts: readonly string[], kept: readonly string[]): readonly string[] | undefined {
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
