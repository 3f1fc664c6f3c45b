import { basename, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Api, OpenedFile } from '../../shared/api.js'
import { errorData } from '../../shared/errors.js'
import { readText } from '../storage/bounded.js'
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
    return { name, text: await readText(path, MOST_BYTES) }
  } catch (error) {
    return { name, error: errorData(error) }
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
