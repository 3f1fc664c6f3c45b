import type { ErrorData } from '../../../shared/errors.js'
import type { Runner } from './runner.js'

/** A call of a method of the runner in the thread; answers come in the order of the calls. */
export type Call = {
  readonly [M in keyof Runner]: { readonly method: M; readonly args: Parameters<Runner[M]> }
}[keyof Runner]

/** What a call came to; an error that is not one of ours is its words, which say of which kind it is. */
export type Answer = { readonly value: unknown } | { readonly error: string | ErrorData }

/**
 * The value with a copy of each array of numbers in it, and the buffers of the copies, which move to the other thread: what is sent
 * stays usable here, and a part of a larger array is sent without the rest.
 */
export function packed<T>(value: T): { readonly value: T; readonly buffers: ArrayBuffer[] } {
  const buffers: ArrayBuffer[] = []
  const copy = (part: unknown): unknown => {
    if (ArrayBuffer.isView(part)) {
      const { buffer } = part
      const bytes = buffer.slice(part.byteOffset, part.byteOffset + part.byteLength) as ArrayBuffer
      buffers.push(bytes)
      return new (part.constructor as new (bytes: ArrayBuffer) => unknown)(bytes)
    }
    if (Array.isArray(part)) return part.map(copy)
    if (part instanceof Map) return new Map([...part].map(([key, item]) => [key, copy(item)]))
    if (part instanceof Set || typeof part !== 'object' || part === null) return part
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, copy(item)]))
  }
  return { value: copy(value) as T, buffers }
}
