import { useMemo } from 'react'
import type { Api, LibraryBlock } from '../../shared/api.js'
import { parseBundle } from '../../shared/document/bundle.js'
import { useHost } from '../host.js'
import { blockText, takeBundle } from './blocks.js'
import type { Cache } from './cache.js'
import { say, sayError } from './notices.js'
import { useServices } from './services.js'

/** The personal library as the window uses it: blocks go in and out of the shown document. */
export interface Library {
  /** Keep a block of the shown document for others. */
  keep(name: string): Promise<void>
  /** Take a block into the shown document; its type there, `undefined` if that failed. */
  take(name: string): Promise<string | undefined>
  remove(entry: LibraryBlock): Promise<void>
}

export function useLibrary(): Library {
  const { api } = useHost()
  const { library } = useServices()
  return useMemo(() => libraryOf(api, library), [api, library])
}

function libraryOf(
  { library: calls }: Pick<Api, 'library'>,
  known: Cache<Awaited<ReturnType<Api['library']['list']>>>,
): Library {
  const attempt = async <T>(act: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await act()
    } catch (error) {
      sayError(error)
      return undefined
    }
  }
  return {
    keep: (name) =>
      attempt(async () => {
        const text = blockText(name)
        if (text === undefined) return
        const { title } = await calls.write(text)
        known.again('')
        say(`${title} is in your library: every net can use it.`)
      }),
    take: (name) => attempt(async () => takeBundle(parseBundle((await calls.read(name)).text))),
    remove: (entry) =>
      attempt(async () => {
        await calls.remove(entry.name)
        known.again('')
        say(`${entry.title} is gone from your library; nets that use it keep it.`)
      }),
  }
}
