import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { diskError, systemCode } from './disk-error.js'
import { isAlive, ownMark, type ProcessMark } from './process.js'
import { temporaryBeside } from './temporary.js'

/**
 * Do something while no other process does it, by a file at `path` that names who is at it; `held` is called, and must throw, where
 * another one is. A holder that was killed holds nothing. On a file system without links everybody is let through.
 */
export async function withLock<R>(
  path: string,
  task: () => Promise<R>,
  held: (holder: ProcessMark) => never,
): Promise<R> {
  const holder = await take(path)
  if (holder) held(holder)
  try {
    return await task()
  } finally {
    await rm(path, { force: true }).catch(() => undefined)
  }
}

/** Who holds it, if it cannot be taken. */
async function take(path: string): Promise<ProcessMark | undefined> {
  const own = temporaryBeside(path)
  try {
    await writeFile(own, JSON.stringify(ownMark())).catch((error: unknown) => {
      throw diskError(error, dirname(path))
    })
    for (;;) {
      // A link appears whole or not at all, and never over another.
      const failed = await link(own, path).then(() => '', systemCode)
      if (failed !== 'EEXIST') return undefined
      const holder = await holderIn(path)
      if (holder && isAlive(holder)) return holder
      await clear(path)
    }
  } finally {
    await rm(own, { force: true })
  }
}

/** Take a lock of a process that is gone out of the way. */
async function clear(path: string): Promise<void> {
  const stale = temporaryBeside(path)
  const moved = await rename(path, stale).then(
    () => true,
    () => false,
  )
  if (!moved) return
  const holder = await holderIn(stale)
  // Another process was faster, and this is its lock.
  if (holder && isAlive(holder)) await link(stale, path).catch(() => undefined)
  await rm(stale, { force: true })
}

async function holderIn(path: string): Promise<ProcessMark | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as ProcessMark
  } catch {
    return undefined
  }
}
