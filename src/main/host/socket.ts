import type { WebSocket } from 'ws'
import type { Transport } from '../../shared/api.js'

/** Messages a window may send in one second. */
export const MAX_MESSAGES_PER_SECOND = 200
/** Bytes of small messages, news of a run above all, that may wait for a slow window. */
const MAX_BACKLOG = 16 * 1024 * 1024
/** Letters from which a message is one that the window has asked for, a model file for instance: news may wait behind it. */
const LARGE = 1024 * 1024

/** Close codes a window can tell apart. */
export const CLOSE = { tooFast: 4008, tooSlow: 4009, takenOver: 4001, notText: 1003 } as const

/** A WebSocket as a transport of JSON messages; what breaks a limit is cut off, never buffered. */
export function socketTransport(socket: WebSocket): Transport {
  const listeners = new Set<(message: unknown) => void>()
  let second = 0
  let received = 0
  let asked = 0

  socket.on('message', (data, binary) => {
    const current = Math.floor(performance.now() / 1000)
    received = current === second ? received + 1 : 1
    second = current
    if (received > MAX_MESSAGES_PER_SECOND) return socket.close(CLOSE.tooFast, 'too many messages')
    const message = binary ? undefined : parse(String(data))
    if (message === undefined) return socket.close(CLOSE.notText, 'not JSON text')
    listeners.forEach((listener) => listener(message))
  })
  socket.on('error', () => socket.terminate())

  return {
    send(message) {
      if (socket.readyState !== socket.OPEN) return
      if (socket.bufferedAmount - asked > MAX_BACKLOG) return socket.close(CLOSE.tooSlow, 'too slow')
      const text = JSON.stringify(message)
      const bytes = text.length < LARGE ? 0 : Buffer.byteLength(text)
      asked += bytes
      socket.send(text, () => (asked -= bytes))
    },
    listen(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    closed: new Promise((resolve) => socket.once('close', () => resolve())),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
