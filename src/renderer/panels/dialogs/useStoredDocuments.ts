import { useEffect, useState } from 'react'
import type { DocumentEntry } from '../../../shared/api.js'
import { errorData, type ErrorData } from '../../../shared/errors.js'
import { useHost } from '../../host.js'

export type Stored =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly entries: readonly DocumentEntry[] }
  | { readonly state: 'failed'; readonly error: ErrorData }

/** The stored documents, newest first; asked for when the dialog opens. */
export function useStoredDocuments(): Stored {
  const { api } = useHost()
  const [stored, setStored] = useState<Stored>({ state: 'loading' })
  useEffect(() => {
    let open = true
    api.documents.list().then(
      (entries) => open && setStored({ state: 'ready', entries: [...entries].sort(newest) }),
      (error: unknown) => open && setStored({ state: 'failed', error: errorData(error) }),
    )
    return () => {
      open = false
    }
  }, [api])
  return stored
}

function newest(a: DocumentEntry, b: DocumentEntry): number {
  return b.modified.localeCompare(a.modified)
}
