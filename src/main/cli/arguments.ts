import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Document } from '../../shared/document/document.js'
import { parse } from '../../shared/document/file.js'
import { AppError } from '../../shared/errors.js'
import { readText } from '../storage/bounded.js'
import type { Surroundings } from './command.js'

const MOST_BYTES = 32 * 1024 * 1024

/** The one argument a command takes; `input/invalid` if there is none or more. */
export function oneArgument(rest: readonly string[], what: string): string {
  const [first, ...more] = rest
  if (first === undefined) throw new AppError('input/invalid', `${what} is missing.`, `Name one ${what}.`)
  if (more.length > 0) {
    throw new AppError(
      'input/invalid',
      `One ${what} is expected, not ${rest.length}: ${rest.join(' ')}.`,
      'Quote spaces.',
    )
  }
  return first
}

/** For commands that take none. */
export function noArguments(rest: readonly string[]): void {
  if (rest.length > 0) {
    throw new AppError('input/invalid', `Nothing is expected here, not ${rest.join(' ')}.`, 'Leave it out.')
  }
}

/** A document file as text and parsed; `file/…`, `document/…`. */
export async function readDocument(path: string, world: Surroundings): Promise<{ text: string; document: Document }> {
  const text = await readText(resolve(world.folder, path), MOST_BYTES)
  return { text, document: parse(text) }
}

/** Folder of a run, given as a path or as the id of a run at home; `run/not-found`. */
export async function findRun(run: string, world: Surroundings): Promise<string> {
  for (const folder of [resolve(world.folder, run), join(world.home, 'runs', run)]) {
    if (await isFolder(folder)) return folder
  }
  const hint = 'Name a run folder, or the id of a run as the train command prints it.'
  throw new AppError('run/not-found', `There is no run ${run}.`, hint)
}

export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  )
}
