import { useMemo } from 'react'
import type { Api, LibraryBlock } from '../../shared/api.js'
import { parseBundle } from '../../shared/document/bundle.js'
import { AppError } from '../../shared/errors.js'
import { useHost } from '../host.js'
import { blockText, takeBundle } from './blocks.js'
import type { Cache } from './cache.js'
import { say, sayError } from './notices.js'
import { useServices } from './services.js'
import { openDialog } from './view.js'

/** The personal library as the window uses it: blocks go in and out of the shown document. */
export interface Library {
  /** Keep a block of the shown document for others; asks before it takes the place of another one. */
  keep(name: string, replace?: boolean): Promise<void>
  /** Take a block into the shown document; its type there, `undefined` if that failed. */
  take(name: string): Promise<string | undefined>
  remove(entry: LibraryBlock): Promise<void>
}

export function useLibrary(): Library {
  const { api } = useHost()
  const { library } = useServices()
  return useMemo(() => libraryOf(api, library), [api, library])
}

function isTaken(error: unknown): 'taken' {
  if (error instanceof AppError && error.code === 'file/exists') return 'taken'
  throw error
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
    keep: (name, replace = false) =>
      attempt(async () => {
        const text = blockText(name)
        if (text === undefined) return
        const kept = await calls.write(text, replace).catch(isTaken)
        if (kept === 'taken') return openDialog({ kind: 'replace-block', name })
        const { title } = kept
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
