import type { Transport } from '../shared/api.js'

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
        send: (message) => socket.send(JSON.stringify(message)),
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

/** What the preload script of the desktop shell offers. */
type Bridge = Pick<Transport, 'send' | 'listen'>

/** The channel of the desktop shell, or `undefined` in a browser. */
export function bridgeDial(): Dial | undefined {
  const bridge = (globalThis as { netwright?: Bridge }).netwright
  return bridge && (() => Promise.resolve({ ...bridge, replaced: () => false }))
}
