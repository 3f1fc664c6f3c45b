import { rm } from 'node:fs/promises'
import type { Api } from '../../shared/api.js'
import { AppError } from '../../shared/errors.js'
import type { Launcher } from '../trainer/jobs.js'
import type { Emitter } from './emitter.js'
import { createRunBook, type RunBook } from './run-book.js'
import { readEvents, readRunDocument } from '../trainer/run/runfolder.js'
import { isOver, keepEnd, listRuns, runFolder, summaryIn } from './run-folders.js'

interface RunsOptions {
  /** The folder with a folder for each run. */
  readonly folder: string
  readonly launcher: Launcher
  readonly emitter: Emitter
}

/** Runs of this and earlier sessions: what the folders tell, and the live run from memory. */
export function createRuns({ folder, launcher, emitter }: RunsOptions): { api: Api['runs']; book: RunBook } {
  const book = createRunBook(emitter, async (id, end) => keepEnd(await runFolder(folder, id), end))

  const api: Api['runs'] = {
    async list() {
      const stored = await listRuns(folder)
      const live = book.active()?.summary
      const others = stored.filter(({ id }) => id !== live?.id)
      return [...(live ? [live] : []), ...others].sort((a, b) => b.started.localeCompare(a.started))
    },
    async history(run, from) {
      const events = book.find(run)?.events ?? (await readEvents(await runFolder(folder, run)))
      return { events: events.slice(from), next: events.length }
    },
    async document(run) {
      return { text: await readRunDocument(await runFolder(folder, run)) }
    },
    async evaluate(run, part) {
      return launcher.run({ kind: 'evaluate', run: await runFolder(folder, run), part }).result
    },
    async predict(run, image) {
      const source = { kind: 'bytes', base64: image } as const
      return launcher.run({ kind: 'predict', run: await runFolder(folder, run), source }).result
    },
    async remove(run) {
      const own = await runFolder(folder, run)
      const goesOn = async () => book.find(run) !== undefined || !isOver((await summaryIn(own)).state)
      // A record that cannot be read keeps nobody from clearing up.
      if (await goesOn().catch(() => false))
        throw new AppError('run/busy', `${run} is still training.`, 'Stop it first.')
      await rm(own, { recursive: true, force: true })
    },
  }
  return { api, book }
}
