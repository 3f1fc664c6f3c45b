import { rm } from 'node:fs/promises'
import { WebSocket } from 'ws'
import type { Transport } from '../../src/shared/api.js'
import { memoryWire } from '../../src/shared/rpc/memory.js'
import { connect, serve, type Client, type Endpoint } from '../../src/shared/rpc/rpc.js'
import { createHost } from '../../src/main/host/host.js'
import { raw, request, windowFolder } from '../main/host/raw.js'
import * as fake from '../main/electron/fake-electron.js'

/** A far end of the services over one kind of wire. */
export interface WiredClient {
  readonly client: Client
  /** Cut the wire. */
  cut(): Promise<void>
}

export type Wire = (endpoint: Endpoint) => Promise<WiredClient>

export const memory: Wire = (endpoint) => {
  const wire = memoryWire()
  serve(endpoint, wire.a)
  return Promise.resolve({ client: connect(wire.b), cut: () => Promise.resolve(wire.close()) })
}

/** The real host: signs in with the link's token, then opens the socket. */
export const webSocket: Wire = async (endpoint) => {
  const renderer = await windowFolder()
  const host = await createHost(endpoint, { port: 0, renderer })
  const own = `127.0.0.1:${host.port}`
  const token = host.link(60).split('#token=')[1]!
  const headers = [`Host: ${own}`, `Origin: http://${own}`, 'X-Netwright: 1']
  const answer = await raw(host.port, request('POST /session', headers, token))
  const Cookie = /set-cookie: ([^;]+);/i.exec(answer)![1]!
  const socket = new WebSocket(`ws://${own}/socket`, { headers: { Cookie, Origin: `http://${own}` } })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const transport: Transport = {
    send: (message) => socket.send(JSON.stringify(message)),
    listen(listener) {
      const receive = (data: unknown) => listener(JSON.parse(String(data)))
      socket.on('message', receive)
      return () => void socket.off('message', receive)
    },
    closed: new Promise((resolve) => socket.once('close', () => resolve())),
  }
  async function cut() {
    await host.close()
    await rm(renderer, { recursive: true })
  }
  return { client: connect(transport), cut }
}

/** Preload script, channel and sender check of the desktop shell over a stand-in for Electron. */
export const electronChannel: Wire = async (endpoint) => {
  const { windowTransport } = await import('../../src/main/electron/ipc.js')
  await import('../../src/main/electron/preload.js')
  const window = new fake.BrowserWindow({ webPreferences: {}, show: false })
  serve(endpoint, windowTransport(window as unknown as Parameters<typeof windowTransport>[0]))
  const bridge = fake.world['netwright'] as Transport
  const closed = new Promise<void>((resolve) => window.once('closed', resolve))
  return { client: connect({ ...bridge, closed }), cut: () => Promise.resolve(window.destroy()) }
}

export const WIRES: Readonly<Record<string, Wire>> = { memory, webSocket, electronChannel }
