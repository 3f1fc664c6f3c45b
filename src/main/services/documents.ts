import { createHash } from 'node:crypto'
import { stat, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import type { Api, DocumentEntry } from '../../shared/api.js'
import { safeName } from '../../shared/document/file-name.js'
import { AppError } from '../../shared/errors.js'
import { writeAtomic } from '../storage/atomic.js'
import { readText } from '../storage/bounded.js'
import { makeFolder, namesIn } from '../storage/folder.js'
import { resolveBeneath } from '../storage/beneath.js'
import { withLock } from '../storage/lock.js'
import { createAutosave } from './autosave.js'
import { serially } from './serially.js'

export const DOCUMENT_SUFFIX = '.netwright.json'
const MOST_BYTES = 32 * 1024 * 1024

/** Documents as files `<name>.netwright.json` of one folder, and the unsaved ones in files beside the folder. */
export function createDocuments(home: string): Api['documents'] {
  const folder = join(home, 'documents')
  const inTurn = serially()
  /** SHA-256 of the text that a name and modification time stood for, so that a mere touch of the file asks nothing. */
  const seen = new Map<string, string>()

  /** The name of the file of a document: one that another program has put there keeps its own, accents in two parts for instance. */
  async function storedName(name: string): Promise<string> {
    await makeFolder(folder)
    return (await namesIn(folder)).includes(name + DOCUMENT_SUFFIX) ? name : safeName(name)
  }

  const pathOf = (name: string) => resolveBeneath(folder, name + DOCUMENT_SUFFIX)

  async function entryOf(file: string): Promise<DocumentEntry> {
    const { mtime } = await stat(join(folder, file))
    return { name: file.slice(0, -DOCUMENT_SUFFIX.length), modified: mtime.toISOString() }
  }

  async function load(name: string): Promise<{ text: string; modified: string }> {
    const path = await pathOf(name)
    const text = await readText(path, MOST_BYTES)
    const modified = (await stat(path)).mtime.toISOString()
    return { text, modified }
  }

  async function store(name: string, text: string, expected: string | undefined): Promise<DocumentEntry> {
    const path = await pathOf(name)
    if (expected !== undefined) await refuseIfChanged(name, expected)
    const before = await stat(path).catch(() => undefined)
    await writeAtomic(path, text)
    const modified = (await laterThan(before?.mtime, path)).toISOString()
    seen.set(key(name, modified), hash(text))
    return { name, modified }
  }

  /** Other programs that use the home folder write in turn, too: what one has just written is seen by the next. */
  function alone<R>(name: string, task: () => Promise<R>): Promise<R> {
    return withLock(join(folder, `.${name}.lock`), task, () => {
      throw new AppError('file/changed', `${name} is being written by another program.`, 'Save again in a moment.')
    })
  }

  async function refuseIfChanged(name: string, expected: string): Promise<void> {
    const current = await load(name).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'file/not-found') return undefined
      throw error
    })
    const known = seen.get(key(name, expected))
    const same = current && (known === undefined ? current.modified === expected : hash(current.text) === known)
    if (same) return
    const what = current ? 'was changed by another program' : 'was removed'
    throw new AppError(
      'file/changed',
      `${name} ${what} since it was opened (${expected}).`,
      'Save under another name, or open the file again to see what it holds now.',
    )
  }

  return {
    async list() {
      const files = (await namesIn(folder)).filter((file) => file.endsWith(DOCUMENT_SUFFIX))
      const entries = await Promise.all(files.map((file) => entryOf(file).catch(() => undefined)))
      // One that another program has just removed is none any more.
      return entries.filter((entry) => entry !== undefined).sort((a, b) => b.modified.localeCompare(a.modified))
    },
    async read(name) {
      const stored = await storedName(name)
      const loaded = await load(stored)
      seen.set(key(stored, loaded.modified), hash(loaded.text))
      return loaded
    },
    write: (name, text, expected) =>
      inTurn(async () => {
        const stored = await storedName(name)
        return alone(stored, () => store(stored, text, expected))
      }),
    ...createAutosave(home),
  }
}

/** Time of a file that was just written, moved on if the clock of the file system has not ticked since `before`. */
async function laterThan(before: Date | undefined, path: string): Promise<Date> {
  const { atime, mtime } = await stat(path)
  if (before === undefined || mtime.getTime() > before.getTime()) return mtime
  const later = new Date(before.getTime() + 1)
  await utimes(path, atime, later)
  return later
}

function key(name: string, modified: string): string {
  return `${name}\n${modified}`
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
