import * as nodeFs from 'node:fs/promises'
import { dirname } from 'node:path'
import { diskError, systemCode } from './disk-error.js'
import { temporaryBeside } from './temporary.js'

/** The system calls of an atomic write; tests hand in ones that fail. */
export type AtomicFs = Pick<typeof nodeFs, 'open' | 'rename' | 'rm' | 'stat'>

/** One call of the system moves fewer than 2³¹ bytes. */
const MOST_PER_CALL = 2 ** 30

/**
 * Replace or make a file so that it holds the old or the new bytes at every moment, through crashes and power cuts.
 * Returns when the new bytes are on the disk; `disk/full` and `disk/failed` leave the old file as it was.
 */
export async function writeAtomic(
  path: string,
  content: string | Uint8Array | readonly Uint8Array[],
  fs: AtomicFs = nodeFs,
): Promise<void> {
  const folder = dirname(path)
  const temporary = temporaryBeside(path)
  try {
    const parts =
      typeof content === 'string' ? [Buffer.from(content)] : content instanceof Uint8Array ? [content] : content
    await writeNew(temporary, parts, await modeOf(path, fs), fs)
    await renameOver(temporary, path, fs)
    await syncFolder(folder, fs)
  } catch (error) {
    await fs.rm(temporary, { force: true }).catch(() => undefined)
    throw diskError(error, path)
  }
}

/** Write a file that is not there yet, and wait until its bytes are on the disk. */
export async function writeNew(
  path: string,
  parts: readonly Uint8Array[],
  mode: number,
  fs: Pick<AtomicFs, 'open'>,
): Promise<void> {
  const file = await fs.open(path, 'wx', mode)
  try {
    for (const part of parts) {
      for (let done = 0; done < part.length;)
        done += (await file.write(part, done, Math.min(part.length - done, MOST_PER_CALL))).bytesWritten
    }
    await file.sync()
  } finally {
    await file.close()
  }
}

async function modeOf(path: string, fs: AtomicFs): Promise<number> {
  try {
    return (await fs.stat(path)).mode & 0o777
  } catch {
    return 0o644
  }
}

/** Virus scanners and indexers on Windows hold new files open for a moment: try again with growing pauses. */
async function renameOver(from: string, to: string, fs: AtomicFs): Promise<void> {
  for (let pause = 10; ; pause *= 2) {
    try {
      return await fs.rename(from, to)
    } catch (error) {
      const busy = process.platform === 'win32' && ['EPERM', 'EBUSY', 'EACCES'].includes(systemCode(error))
      if (!busy || pause > 640) throw error
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
}

/** Without this a power cut may undo the rename. Windows has no way to ask for it. */
export async function syncFolder(folder: string, fs: Pick<AtomicFs, 'open'>): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await fs.open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
