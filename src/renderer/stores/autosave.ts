import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { Api } from '../../shared/api.js'
import type { Document } from '../../shared/document/document.js'
import { print } from '../../shared/document/file.js'
import { errorData, type ErrorData } from '../../shared/errors.js'
import { documents, isDirty } from './document.js'

type Autosave = Pick<Api['documents'], 'autosave'>

/** Pause between two autosaves, so that typing does not fill the disk, ms. */
const PAUSE = 1000
/** Longest pause between two tries that fail, ms. */
const LONGEST_PAUSE = 8000

/** Why unsaved work is not kept outside of the window at the moment; missing while it is. */
const trouble = createStore<{ readonly reason?: ErrorData }>(() => ({}))

/**
 * Keep the unsaved work of every tab outside of the window: one message under way at a time, the newest state last, and
 * an empty list once everything is saved. What fails is told by `useAutosaveTrouble` and tried again until it is done.
 * `undecided`: texts from last time that are kept already, and stay. `pause` hears how many tries have failed in a row.
 * Returns the function that stops it.
 */
export function startAutosave(
  api: Autosave,
  undecided: readonly string[] = [],
  pause: (failed: number) => Promise<void> = wait,
): () => void {
  let kept = undecided
  let busy = false
  let stopped = false

  const next = () => unlessKept([...undecided, ...unsaved()], kept)

  async function follow(): Promise<void> {
    if (busy) return
    busy = true
    let failed = 0
    for (let texts = next(); texts !== undefined && !stopped; texts = next()) {
      const reason = await api.autosave(texts).then(() => undefined, errorData)
      if (reason === undefined) kept = texts
      failed = reason === undefined ? 0 : failed + 1
      if (!stopped) tell(reason)
      await pause(failed)
    }
    // What was saved meanwhile need not be kept any more.
    if (!stopped) tell(undefined)
    busy = false
  }

  const stop = documents.subscribe(() => void follow())
  void follow()
  return () => {
    stopped = true
    tell(undefined)
    stop()
  }
}

function tell(reason: ErrorData | undefined): void {
  if (reason?.message !== trouble.getState().reason?.message) trouble.setState(reason ? { reason } : {}, true)
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

function wait(failed: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.min(PAUSE * 2 ** failed, LONGEST_PAUSE)))
}

/** Why unsaved work is not kept outside of the window at the moment, in a component. */
export function useAutosaveTrouble(): ErrorData | undefined {
  return useStore(trouble, ({ reason }) => reason)
}
