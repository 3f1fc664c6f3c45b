import type { Api } from '../../src/shared/api.js'
import { AppError } from '../../src/shared/errors.js'

/** The documents part of the services, in memory, with the same refusals; `modified` is the number of the write. */
export function memoryDocuments(): {
  readonly api: Pick<Api, 'documents'>
  readonly files: Map<string, { text: string; modified: string }>
  /** What was autosaved, in order. */
  readonly autosaved: (readonly string[])[]
} {
  const files = new Map<string, { text: string; modified: string }>()
  const autosaved: (readonly string[])[] = []
  let writes = 0
  const documents: Api['documents'] = {
    list: async () => [...files].map(([name, { modified }]) => ({ name, modified })),
    read: async (name) => {
      const file = files.get(name)
      if (!file) throw new AppError('file/not-found', `There is no document ${name}.`)
      return file
    },
    write: async (name, text, expected) => {
      const known = files.get(name)
      if (expected !== undefined && known?.modified !== expected) {
        throw new AppError('file/changed', `${name} has changed since it was opened.`)
      }
      const modified = new Date(++writes * 1000).toISOString()
      files.set(name, { text, modified })
      return { name, modified }
    },
    recovered: async () => undefined,
    autosave: async (texts) => void autosaved.push(texts),
  }
  return { api: { documents }, files, autosaved }
}
