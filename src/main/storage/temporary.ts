import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isRunning } from './process.js'

/** What is to take a place, or has stepped aside for it. */
const TEMPORARY = /^\.(.*)\.(\d+)-[0-9a-f]{12}\.netwright-(tmp|old)$/
/** Folders below a folder that are searched for what was left: documents, runs, and what lies in a run, down to its exports. */
const MOST_DEPTH = 4

/** A new name beside `path` for what is to replace it; tells which process is at work. */
export function temporaryBeside(path: string): string {
  return beside(path, 'tmp')
}

/** A new name for what stands at `path` while something else takes its place. */
export function asideOf(path: string): string {
  return beside(path, 'old')
}

function beside(path: string, kind: 'tmp' | 'old'): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}-${randomBytes(6).toString('hex')}.netwright-${kind}`)
}

/**
 * Remove temporary files and folders of processes that were killed, in a folder and below it, and put back what had stepped aside for
 * something that never came; returns how many. What cannot be removed, in a folder that may only be read for instance, stays: it does
 * no harm.
 */
export async function sweepTemporary(folder: string, depth = MOST_DEPTH): Promise<number> {
  let swept = 0
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const path = join(folder, entry.name)
    const [, name = '', writer, kind] = TEMPORARY.exec(entry.name) ?? []
    if (writer !== undefined && !isRunning(Number(writer))) {
      const place = join(folder, name)
      const mended =
        kind === 'old' && !existsSync(place) ? rename(path, place) : rm(path, { recursive: true, force: true })
      swept += await mended.then(
        () => 1,
        () => 0,
      )
    } else if (writer === undefined && entry.isDirectory() && depth > 0) swept += await sweepTemporary(path, depth - 1)
  }
  return swept
}
