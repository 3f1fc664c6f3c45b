import type { Transport } from '../api.js'

/** Two ends of a wire in memory; messages are copied as plain data and arrive in a later turn, as on a real wire. */
export function memoryWire(): { readonly a: Transport; readonly b: Transport; close(): void } {
  const toA = new Set<(message: unknown) => void>()
  const toB = new Set<(message: unknown) => void>()
  let close = () => {}
  let open = true
  const closed = new Promise<void>((resolve) => {
    close = () => {
      open = false
      resolve()
    }
  })

  function end(incoming: Set<(message: unknown) => void>, outgoing: Set<(message: unknown) => void>): Transport {
    return {
      send(message) {
        const text = JSON.stringify(message)
        void Promise.resolve().then(() => {
          if (open) outgoing.forEach((listener) => listener(JSON.parse(text)))
        })
      },
      listen(listener) {
        incoming.add(listener)
        return () => void incoming.delete(listener)
      },
      closed,
    }
  }

  return { a: end(toA, toB), b: end(toB, toA), close: () => close() }
}
