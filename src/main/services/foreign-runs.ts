import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { RunSummary } from '../../shared/api.js'
import { eventsAfter, RUN_FILES } from '../trainer/run/runfolder.js'
import type { Emitter } from './emitter.js'
import { isOver, summaryIn } from './run-folders.js'

/** Time between two looks at the folders: runs tell more often, people read no faster. */
const INTERVAL_MS = 1000

interface ForeignRunsOptions {
  /** The folder with a folder for each run. */
  readonly folder: string
  readonly emitter: Emitter
  /** True for a run that these services follow themselves. */
  readonly isOwn: (id: string) => boolean
}

/** What was told of a run so far. */
interface Told {
  /** When its record was written. */
  readonly written: number
  readonly summary: RunSummary
  /** Events, and the bytes of their file that hold them. */
  readonly events: number
  readonly bytes: number
}

/**
 * Tell listeners of runs that other programs train, `netwright train` in a terminal above all, as if they were our own. Their folders
 * are looked at every second; returns the function that stops.
 */
export function followForeignRuns({ folder, emitter, isOwn }: ForeignRunsOptions): () => void {
  const told = new Map<string, Told>()

  async function look(id: string): Promise<void> {
    const run = join(folder, id)
    const written = (await stat(join(run, RUN_FILES.record))).mtimeMs
    const before = told.get(id)
    if (isOwn(id)) return void told.delete(id)
    if (before && before.written === written && isOver(before.summary.state)) return
    const summary = await summaryIn(run)
    const more = before ?? { events: 0, bytes: 0 }
    // Of a run that is over nobody needs news: its history is read when it is asked for.
    const { events, next } =
      before || !isOver(summary.state) ? await eventsAfter(run, more.bytes) : { events: [], next: 0 }
    told.set(id, { written, summary, events: more.events + events.length, bytes: next })
    if (!before && isOver(summary.state)) return
    if (!isDeepStrictEqual(before?.summary, summary)) emitter.emit('runs.changed', summary)
    if (events.length > 0) emitter.emit('training.events', { run: id, from: more.events, events })
  }

  let looking = false
  const timer = setInterval(() => {
    if (looking) return
    looking = true
    void readdir(folder)
      .then((ids) => Promise.all(ids.map((id) => look(id).catch(() => undefined))))
      // No runs yet, or folders that are none: there is nothing to tell.
      .catch(() => undefined)
      .finally(() => (looking = false))
  }, INTERVAL_MS)
  timer.unref()
  return () => clearInterval(timer)
}
