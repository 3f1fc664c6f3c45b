import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { AppError } from '../../shared/errors.js'
import { readError } from './disk-error.js'

/** One call of the system moves fewer than 2³¹ bytes. */
const MOST_PER_CALL = 2 ** 30
/** A pipe that nobody writes to must not hold the one who opens it; files know nothing of it. */
export const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** Read a file, from a byte of it on, that may not be larger than `most` bytes; the size is checked before memory is taken. */
export async function readBounded(path: string, most: number, from = 0): Promise<Buffer> {
  const file = await open(path, READ).catch((error: unknown) => {
    throw readError(error, path)
  })
  try {
    const stat = await file.stat()
    if (!stat.isFile()) throw new AppError('file/not-found', `${path} is not a file.`, 'Choose a file.')
    if (stat.size > most) {
      throw new AppError(
        'file/refused',
        `${path} has ${stat.size} bytes; at most ${most} are read here.`,
        'Check that this is the file you meant.',
      )
    }
    const bytes = Buffer.allocUnsafe(Math.max(0, stat.size - from))
    let done = 0
    while (done < bytes.length) {
      const { bytesRead } = await file.read(bytes, done, Math.min(bytes.length - done, MOST_PER_CALL), from + done)
      if (bytesRead === 0) break
      done += bytesRead
    }
    return bytes.subarray(0, done)
  } catch (error) {
    throw readError(error, path)
  } finally {
    await file.close()
  }
}

/** Text of a file as `readBounded` reads it; `file/refused` for what is not UTF-8, since a letter that is lost here would be lost for good. */
export async function readText(path: string, most: number): Promise<string> {
  const bytes = await readBounded(path, most)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const utf16 = ['fffe', 'feff'].includes(bytes.toString('hex', 0, 2))
    throw new AppError(
      'file/refused',
      `${path} is not text in UTF-8${utf16 ? ', but in UTF-16' : ''}.`,
      'If it is a document, save it as UTF-8 in a text editor; if not, choose another file.',
    )
  }
}
