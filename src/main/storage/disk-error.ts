import { AppError } from '../../shared/errors.js'

/** The code of a failed system call, `ENOSPC` for instance, or `''`. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** What a person can do about a failed write of `path`. */
export function diskError(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error
  const code = systemCode(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AppError(
      'disk/full',
      `No space is left to write ${path}.`,
      'Free some space; what was there before is kept.',
    )
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new AppError(
      'disk/failed',
      `${path} may not be written (${code}).`,
      'Choose a folder that you may write to.',
    )
  }
  if (code === 'ENOMEM')
    return noMemory('write', path, 'What was there before is kept; end other programs and try again.')
  const place = placeError(code, path)
  if (place) return new AppError('disk/failed', ...place)
  return new AppError(
    'disk/failed',
    `${path} could not be written: ${reasonOf(error)}.`,
    'What was there before is kept.',
  )
}

/** What a person can do about a failed read of `path`. */
export function readError(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error
  const code = systemCode(error)
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new AppError('file/not-found', `${path} does not exist.`, 'Check the spelling and the folder.')
  }
  if (code === 'ENOMEM') return noMemory('read', path, 'End other programs and try again.')
  return new AppError(
    'disk/failed',
    `${path} could not be read: ${reasonOf(error)}.`,
    'Check that the file may be read.',
  )
}

/** Message and hint where nothing can be written because of the path itself. */
function placeError(code: string, path: string): [message: string, hint: string] | undefined {
  switch (code) {
    case 'ENOENT':
      return [`${path} cannot be written: its folder does not exist.`, 'Make the folder first, or choose another.']
    case 'ENOTDIR':
      return [`${path} cannot be written: a file stands where its folder should be.`, 'Choose another folder.']
    case 'EISDIR':
    case 'EEXIST':
      return [`${path} cannot be written: something else of this name is there.`, 'Choose another name.']
    case 'ENAMETOOLONG':
      return [`${path} is too long a name for this disk.`, 'Choose a shorter name or folder.']
    default:
      return undefined
  }
}

/** What the system says, without the call and the path, which may be of a temporary file. */
function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/, \w+( '.*)?$/, '')
}

function noMemory(verb: 'read' | 'write', path: string, hint: string): AppError {
  return new AppError('device/out-of-memory', `No memory was left to ${verb} ${path}.`, hint)
}
