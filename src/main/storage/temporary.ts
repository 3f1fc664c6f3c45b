import { randomBytes } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isRunning } from './process.js'

const TEMPORARY = /^\..*\.(\d+)-[0-9a-f]{12}\.netwright-tmp$/
/** Folders below a folder that are searched for what was left: documents, runs, and what lies in a run, down to its exports. */
const MOST_DEPTH = 4

/** A new name beside `path` for what is to replace it; tells which process is at work. */
export function temporaryBeside(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}-${randomBytes(6).toString('hex')}.netwright-tmp`)
}

/**
 * Remove temporary files and folders of processes that were killed, in a folder and below it; returns how many. What cannot be removed,
 * in a folder that may only be read for instance, stays: it does no harm.
 */
export async function sweepTemporary(folder: string, depth = MOST_DEPTH): Promise<number> {
  let removed = 0
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const path = join(folder, entry.name)
    const writer = TEMPORARY.exec(entry.name)?.[1]
    if (writer !== undefined && !isRunning(Number(writer))) {
      const gone = rm(path, { recursive: true, force: true }).then(() => 1)
      removed += await gone.catch(() => 0)
    } else if (writer === undefined && entry.isDirectory() && depth > 0)
      removed += await sweepTemporary(path, depth - 1)
  }
  return removed
}
