import type { Transport } from '../shared/api.js'
import { AppError } from '../shared/errors.js'
import { LIMITS } from '../shared/limits.js'

/** A transport that knows whether another window took its place. */
export interface Wire extends Transport {
  /** True after the far end closed it in favour of another window. */
  replaced(): boolean
}

/** Make a wire; rejects where nobody answers. `takeOver`: even if another window has the services. */
export type Dial = (takeOver: boolean) => Promise<Wire>

/** Close code of the host for a window whose place was taken. */
const TAKEN_OVER = 4001

/** The WebSocket of the host that served this page; the session is in its cookie. */
export const dialSocket: Dial = (takeOver) =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${location.host}/socket${takeOver ? '?takeover' : ''}`)
    let replaced = false
    let close = () => {}
    const closed = new Promise<void>((done) => (close = done))
    socket.addEventListener('close', (event) => {
      replaced = event.code === TAKEN_OVER
      close()
      reject(new Error('closed'))
    })
    socket.addEventListener('open', () =>
      resolve({
        send: (message) => socket.send(sendable(JSON.stringify(message))),
        listen(listener) {
          const receive = (event: MessageEvent<string>) => listener(JSON.parse(event.data))
          socket.addEventListener('message', receive)
          return () => socket.removeEventListener('message', receive)
        },
        closed,
        replaced: () => replaced,
      }),
    )
  })

/** The host would cut the whole wire for a message that is too large; so the call that wants it fails alone. */
function sendable(text: string): string {
  const bytes = text.length * 3 < LIMITS.messageBytes ? 0 : new TextEncoder().encode(text).length
  if (bytes <= LIMITS.messageBytes) return text
  throw new AppError(
    'document/too-large',
    `This takes ${bytes} bytes, and at most ${LIMITS.messageBytes} go to Netwright at once.`,
    'Save and close some of the open nets.',
  )
}

/** What the preload script of the desktop shell offers. */
type Bridge = Pick<Transport, 'send' | 'listen'>

/** The channel of the desktop shell, or `undefined` in a browser. */
export function bridgeDial(): Dial | undefined {
  const bridge = (globalThis as { netwright?: Bridge }).netwright
  return bridge && (() => Promise.resolve({ ...bridge, replaced: () => false }))
}
