import { constants } from 'node:fs'
import { lstat, open, realpath, type FileHandle } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { AppError } from '../../shared/errors.js'
import { readError, systemCode } from './disk-error.js'

const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i
const MOST_SEGMENTS = 8

/** The parts of a relative path, or `file/refused` for anything that could lead out of its folder on some system. */
function safeSegments(relative: string): readonly string[] {
  const segments = relative.split('/')
  const bad =
    relative.includes('\\') ||
    relative.includes('\0') ||
    relative.includes(':') ||
    segments.length > MOST_SEGMENTS ||
    segments.some((s) => s === '' || s === '.' || s === '..' || s.endsWith('.') || s.endsWith(' ') || RESERVED.test(s))
  if (bad) throw refused(relative)
  return segments
}

/**
 * Absolute path of `relative` below `root`, with no link on the way. The last parts need not exist yet.
 * `file/refused` if it would leave the folder, `file/not-found` if the root is missing.
 */
export async function resolveBeneath(root: string, relative: string): Promise<string> {
  const segments = safeSegments(relative)
  let path = await realpath(root).catch((error: unknown) => {
    throw readError(error, root)
  })
  for (const segment of segments) {
    path = join(path, segment)
    const entry = await lstat(path).catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return undefined
      throw readError(error, relative)
    })
    if (entry?.isSymbolicLink()) throw refused(relative)
  }
  return path
}

/** Open a regular file below `root` for reading: the only way to a file that data names. */
export async function openBeneath(root: string, relative: string): Promise<FileHandle> {
  const path = await resolveBeneath(root, relative)
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)).catch((error: unknown) => {
    if (systemCode(error) === 'ELOOP') throw refused(relative)
    throw readError(error, relative)
  })
  try {
    const stat = await file.stat()
    if (!stat.isFile() || stat.nlink !== 1) throw refused(relative)
    // A folder on the way may have been swapped for a link since it was looked at.
    const base = (await realpath(root)) + sep
    if (!(await realpath(path)).startsWith(base)) throw refused(relative)
    return file
  } catch (error) {
    await file.close()
    throw readError(error, relative)
  }
}

function refused(relative: string): AppError {
  return new AppError(
    'file/refused',
    `The path ${JSON.stringify(relative)} is not allowed here.`,
    'Use a plain relative path inside the folder: no "..", no links, no drive letters.',
  )
}
