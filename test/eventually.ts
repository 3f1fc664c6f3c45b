import { vi } from 'vitest'

/** Wait until an assertion holds; the limit is long, since a busy computer is no failure. */
export function eventually<T>(assertion: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(assertion, { timeout: 240_000, interval: 10 })
}
