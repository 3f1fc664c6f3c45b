import { AppError } from '../../shared/errors.js'
import { readBounded } from '../storage/bounded.js'

/** Class names, one a line, in order of their numbers; missing if there is no such file. At least `needed` must be there. */
export async function readClassNames(path: string, needed: number): Promise<readonly string[] | undefined> {
  let text: string
  try {
    text = (await readBounded(path, 2 ** 20)).toString('utf8')
  } catch (error) {
    if (error instanceof AppError && error.code === 'file/not-found') return undefined
    throw error
  }
  const names = text.split(/\r?\n/).map((line) => line.trim())
  while (names.at(-1) === '') names.pop()
  if (names.length >= needed) return names
  throw new AppError(
    'data/unreadable',
    `${path} names ${names.length} classes, but the labels go up to ${needed - 1}.`,
    'Write one name a line, the first for class 0.',
  )
}
