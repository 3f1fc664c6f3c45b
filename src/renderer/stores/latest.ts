import { createStore, type StoreApi } from 'zustand/vanilla'
import { errorData } from '../../shared/errors.js'
import type { Loaded } from './cache.js'

/** The newest answer, and to what. */
export interface Answer<T> {
  readonly key?: string
  readonly entry?: Loaded<T>
}

/**
 * Answers for something that is edited: one question at a time, and of those that come up meanwhile only the last is asked next.
 * So edits never queue, and nothing waits for a clock.
 */
export interface Latest<T> {
  readonly store: StoreApi<Answer<T>>
  want(key: string): void
  /** The answer holds no more. */
  forget(): void
}

export function createLatest<T>(load: (key: string) => Promise<T>): Latest<T> {
  const store = createStore<Answer<T>>(() => ({}))
  let asked: string | undefined
  let next: string | undefined

  async function ask(key: string): Promise<void> {
    asked = key
    const entry = await load(key).then(
      (value): Loaded<T> => ({ state: 'ready', value }),
      (error: unknown): Loaded<T> => ({ state: 'failed', error: errorData(error) }),
    )
    const following = next
    asked = next = undefined
    store.setState({ key, entry }, true)
    if (following !== undefined) void ask(following)
  }

  return {
    store,
    want(key) {
      if (asked !== undefined) next = key === asked ? undefined : key
      else if (store.getState().key !== key) void ask(key)
    },
    forget() {
      store.setState({}, true)
      if (asked !== undefined) next ??= asked
    },
  }
}
