import { mkdir, open, readdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncFolder } from './atomic.js'
import { diskError, readError, systemCode } from './disk-error.js'

/**
 * Make a folder with those above it, so that a power cut does not take it away again; true if it was not there. `disk/full`,
 * `disk/failed`.
 */
export async function makeFolder(path: string): Promise<boolean> {
  try {
    const first = await mkdir(path, { recursive: true })
    if (first === undefined) return false
    for (let made = path; ; made = dirname(made)) {
      await syncFolder(dirname(made), { open })
      if (made === first || made === dirname(made)) return true
    }
  } catch (error) {
    throw diskError(error, path)
  }
}

/** Names in a folder, none if there is no such folder; `disk/failed` and `device/out-of-memory` if it cannot be read. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return []
    throw readError(error, folder)
  }
}
