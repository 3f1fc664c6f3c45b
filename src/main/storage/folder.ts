import { mkdir, open, readdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncFolder } from './atomic.js'
import { diskError, readError, systemCode } from './disk-error.js'

/**
 * Make a folder with those above it, so that a power cut does not take it away again; true if it was not there. `disk/full`,
 * `disk/failed`.
 */
export async function makeFolder(path: string): Promise<boolean> {
  try {
    // Not `recursive`: Node tries for ever where the system answers that the folder above is missing though it is there.
    const missing: string[] = []
    for (let at = path; !(await isFolder(at)) && at !== dirname(at); at = dirname(at)) missing.unshift(at)
    for (const folder of missing) {
      await mkdir(folder).catch(async (error: unknown) => {
        // Another process may have made it meanwhile.
        if (!(await isFolder(folder))) throw error
      })
      await syncFolder(dirname(folder), { open })
    }
    return missing.length > 0
  } catch (error) {
    throw diskError(error, path)
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  )
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
