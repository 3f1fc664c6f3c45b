import { useEffect } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { errorData, type ErrorData } from '../../shared/errors.js'

/** An answer that is awaited, there, or refused. */
export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly error: ErrorData }

/** Answers of the services by key: asked once, kept until they are asked again. */
export interface Cache<T> {
  readonly store: StoreApi<Readonly<Record<string, Loaded<T>>>>
  /** Ask, if there is no answer yet and none is awaited. */
  want(key: string): void
  /** Ask whatever is known; a refusal or an old answer gives way to the new one. */
  again(key: string): void
  /** Ask again whatever was refused. */
  retry(): void
}

export function createCache<T>(load: (key: string) => Promise<T>): Cache<T> {
  const store = createStore<Readonly<Record<string, Loaded<T>>>>(() => ({}))
  const put = (key: string, entry: Loaded<T>) => store.setState({ [key]: entry })

  function again(key: string): void {
    const waiting: Loaded<T> = { state: 'loading' }
    const settle = (entry: Loaded<T>) => {
      if (store.getState()[key] === waiting) put(key, entry)
    }
    put(key, waiting)
    load(key).then(
      (value) => settle({ state: 'ready', value }),
      (error: unknown) => settle({ state: 'failed', error: errorData(error) }),
    )
  }
  const want = (key: string) => {
    if (!store.getState()[key]) again(key)
  }
  function retry(): void {
    for (const [key, entry] of Object.entries(store.getState())) if (entry.state === 'failed') again(key)
  }
  return { store, want, again, retry }
}

const LOADING = { state: 'loading' } as const

/** The answer to `key`, asked for when a component first shows it; `undefined` asks for nothing. */
export function useLoaded<T>(cache: Cache<T>, key: string | undefined): Loaded<T> {
  const entry = useStore(cache.store, (entries) => (key === undefined ? undefined : entries[key]))
  useEffect(() => {
    if (!entry && key !== undefined) cache.want(key)
  }, [cache, key, entry])
  return entry ?? LOADING
}
