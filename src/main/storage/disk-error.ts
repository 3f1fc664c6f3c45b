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
  const reason = error instanceof Error ? error.message : String(error)
  return new AppError('disk/failed', `${path} could not be written: ${reason}.`, 'What was there before is kept.')
}

/** What a person can do about a failed read of `path`. */
export function readError(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error
  const code = systemCode(error)
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new AppError('file/not-found', `${path} does not exist.`, 'Check the spelling and the folder.')
  }
  if (code === 'ENOMEM') return noMemory('read', path, 'End other programs and try again.')
  const reason = error instanceof Error ? error.message : String(error)
  return new AppError('disk/failed', `${path} could not be read: ${reason}.`, 'Check that the file may be read.')
}

function noMemory(verb: 'read' | 'write', path: string, hint: string): AppError {
  return new AppError('device/out-of-memory', `No memory was left to ${verb} ${path}.`, hint)
}
