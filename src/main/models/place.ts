import { mkdir, readdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError } from '../../shared/errors.js'
import { diskError } from '../storage/disk-error.js'
import { replaceWith } from '../storage/replace.js'
import { sweepTemporary, temporaryBeside } from '../storage/temporary.js'

/**
 * Fill a temporary neighbour of `path` and put it there only when `fill` has succeeded: whoever looks finds the old file or
 * folder or the finished new one. Call `refuseFolder` or `refuseForeignFolder` first.
 */
export async function placeWhenDone<R>(path: string, fill: (temporary: string) => Promise<R>): Promise<R> {
  const temporary = temporaryBeside(path)
  try {
    await mkdir(dirname(path), { recursive: true })
    // What an export left whose process died; folders of users are swept at no other time.
    await sweepTemporary(dirname(path), 0)
    const result = await fill(temporary)
    await replaceWith(temporary, path)
    return result
  } catch (error) {
    await rm(temporary, { recursive: true, force: true }).catch(() => undefined)
    throw error instanceof AppError ? error : diskError(error, path)
  }
}

/** `file/exists` if a folder holds anything but an earlier model: an export never deletes what it did not write. */
export async function refuseForeignFolder(path: string): Promise<void> {
  const names = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error.code === 'ENOTDIR' ? occupied(path, 'is a file, not a folder') : diskError(error, path)
  })
  const foreign = names.find((name) => !/^(model\.json|group1-shard\d+of\d+\.bin)$/.test(name))
  if (foreign !== undefined) throw occupied(path, `is a folder that holds other things, such as ${foreign}`)
}

/** `file/exists` if a folder stands where a file should go. */
export async function refuseFolder(path: string): Promise<void> {
  const names = await readdir(path).catch(() => undefined)
  if (names) throw occupied(path, 'is a folder, not a file')
}

function occupied(path: string, what: string): AppError {
  return new AppError('file/exists', `${path} ${what}.`, 'Choose another place for the model.')
}
