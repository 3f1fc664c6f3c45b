import { open } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Api, OpenedFile } from '../../shared/api.js'
import { AppError, errorData } from '../../shared/errors.js'
import type { Emitter } from './emitter.js'

/** Largest file that is read, bytes; a document has its own finer limits. */
const MOST_BYTES = 32 * 1024 * 1024

/** What the system asks of the window: to open files, or to say what this is. */
export interface Desk {
  readonly opened: Api['app']['opened']
  /** Files of a double click or of arguments; what cannot be read is told with the reason. */
  open(paths: readonly string[]): Promise<void>
  about(): void
}

/** Files wait until a window asks for them, since the first of them is often why the window opens at all. */
export function createDesk(emitter: Emitter): Desk {
  let waiting: readonly OpenedFile[] = []
  return {
    async opened() {
      const files = waiting
      waiting = []
      return files
    },
    async open(paths) {
      if (paths.length === 0) return
      const files = await Promise.all(paths.map(read))
      waiting = [...waiting, ...files]
      emitter.emit('app.asked', 'files')
    },
    about: () => emitter.emit('app.asked', 'about'),
  }
}

async function read(path: string): Promise<OpenedFile> {
  const name = basename(path)
  try {
    const file = await open(path)
    try {
      const { size } = await file.stat()
      if (size <= MOST_BYTES) return { name, text: await file.readFile('utf8') }
      const message = `${name} has ${size.toLocaleString('en')} bytes, more than ${MOST_BYTES.toLocaleString('en')}.`
      throw new AppError('document/too-large', message, 'Choose a document or a block of Netwright.')
    } finally {
      await file.close()
    }
  } catch (error) {
    if (error instanceof AppError) return { name, error: errorData(error) }
    const reason = error instanceof Error ? error.message : String(error)
    const hint = 'Look whether the file is still there and may be read.'
    return { name, error: errorData(new AppError('file/not-found', `${name} cannot be read: ${reason}.`, hint)) }
  }
}

/** The documents and blocks among the arguments of a program, which may be paths or `file:` addresses. */
export function filesAmong(args: readonly string[], folder: string): readonly string[] {
  return args.flatMap((arg) => {
    if (arg.startsWith('-') || !/\.(netwright|netblock|json)$/i.test(arg)) return []
    if (!arg.startsWith('file:')) return [resolve(folder, arg)]
    const path = URL.canParse(arg) && new URL(arg).host === '' ? fileURLToPath(arg) : undefined
    return path === undefined ? [] : [path]
  })
}
