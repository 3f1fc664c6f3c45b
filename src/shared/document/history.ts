import { LIMITS } from '../limits.js'
import type { Document } from './document.js'

/** The document with the way back and forward; old documents are kept by reference, they share what did not change. */
export interface History {
  readonly past: readonly Document[]
  readonly present: Document
  readonly future: readonly Document[]
  /** Name of the burst of edits that the present belongs to; the next edit of the same burst joins it. */
  readonly burst?: string
}

/** A history that begins here. */
export function historyOf(document: Document): History {
  return { past: [], present: document, future: [] }
}

/**
 * Go to the next document. Edits of one burst (typing into a field, dragging a slider) make one step of undo; the same
 * document again changes nothing.
 */
export function push(history: History, document: Document, burst?: string): History {
  if (document === history.present) return history
  const joins = burst !== undefined && burst === history.burst
  const past = joins ? history.past : [...history.past, history.present].slice(-LIMITS.undo)
  return { past, present: document, future: [], ...(burst !== undefined && { burst }) }
}

/** End a burst: the next edit is a step of its own. */
export function endBurst(history: History): History {
  const { past, present, future } = history
  return history.burst === undefined ? history : { past, present, future }
}

/** One step back; the same history if there is none. */
export function undo(history: History): History {
  const present = history.past.at(-1)
  if (!present) return history
  return { past: history.past.slice(0, -1), present, future: [history.present, ...history.future] }
}

/** One step forward; the same history if there is none. */
export function redo(history: History): History {
  const [present, ...future] = history.future
  if (!present) return history
  return { past: [...history.past, history.present], present, future }
}
