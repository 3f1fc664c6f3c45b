import type { Command } from '../../shared/document/commands.js'
import type { Document } from '../../shared/document/document.js'
import { LIMITS } from '../../shared/limits.js'

/** A document with references to the ones before and after it. */
export interface History {
  readonly document: Document
  /** Oldest first. */
  readonly past: readonly Document[]
  /** Nearest first. */
  readonly future: readonly Document[]
  /** Name of the run of small edits that the last step belongs to. */
  readonly burst?: string
}

/** A document without a past. */
export function start(document: Document): History {
  return { document, past: [], future: [] }
}

/** The history after a command; edits with the same burst name in a row are one step. The same object if nothing changes. */
export function edit(history: History, command: Command, burst?: string): History {
  const document = command(history.document)
  if (document === history.document) return history
  const joins = burst !== undefined && burst === history.burst
  const past = joins ? history.past : [...history.past, history.document].slice(-LIMITS.undo)
  return { document, past, future: [], ...(burst !== undefined && { burst }) }
}

/** One step back; the same object if there is none. */
export function undo(history: History): History {
  const { document, past, future } = history
  const last = past.at(-1)
  return last ? { document: last, past: past.slice(0, -1), future: [document, ...future] } : history
}

/** One step forward again; the same object if there is none. */
export function redo(history: History): History {
  const { document, past, future } = history
  const next = future[0]
  return next ? { document: next, past: [...past, document], future: future.slice(1) } : history
}
