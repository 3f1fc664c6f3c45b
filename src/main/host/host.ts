import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { AppError } from '../../shared/errors.js'
import { LIMITS } from '../../shared/limits.js'
import { serve, type Endpoint } from '../../shared/rpc/rpc.js'
import { readWindowFiles, type StaticFile } from '../services/window-files.js'
import { gate, type Verdict } from './gate.js'
import { securityHeaders } from '../services/content-security.js'
import { createSecrets, type Secrets } from './secrets.js'
import { SIGN_IN_FILES } from './sign-in.js'
import { CLOSE, socketTransport } from './socket.js'

export interface HostOptions {
  /** 0 = any free port. */
  readonly port: number
  /** Folder of the built window. */
  readonly renderer: string
}

export interface Host {
  readonly port: number
  /** A link that signs one browser in, once, within so many seconds. */
  link(seconds: number): string
  /** True while a window is connected. */
  occupied(): boolean
  close(): Promise<void>
}

/** Serve the window and its calls on 127.0.0.1, behind the gate; `host/port-busy` if the port is taken. */
export async function createHost(endpoint: Endpoint, options: HostOptions): Promise<Host> {
  if (options.port > 65_535) {
    throw new AppError(
      'input/invalid',
      `${options.port} is no port.`,
      'Name a port of 0 to 65535; 0 takes any free one.',
    )
  }
  const files = await readWindowFiles(options.renderer)
  if (!files.has('/')) throw new AppError('internal', 'The built window is missing.', 'Run npm run build.')
  const server = createServer({ maxHeaderSize: 16 * 1024, requestTimeout: 10_000 })
  const port = await listen(server, options.port)
  const secrets = createSecrets(port)
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: LIMITS.messageBytes })
  let current: WebSocket | undefined

  const occupied = () => current?.readyState === current?.OPEN && current !== undefined
  const judge = (request: IncomingMessage, upgrade: boolean) =>
    gate(
      { method: request.method ?? '', target: request.url ?? '', rawHeaders: request.rawHeaders, upgrade },
      { port, hasSession: secrets.hasSession, hasFile: (path) => files.has(path), occupied: occupied() },
    )

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    // A client that goes away in the middle of its request must not take the host with it.
    respond(judge(request, false), request, response, { files, secrets, port }).catch(() => response.destroy())
  })
  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy())
    const verdict = judge(request, true)
    if (verdict.kind !== 'socket') return refuseUpgrade(stream, verdict)
    sockets.handleUpgrade(request, stream, head, (socket) => {
      current?.close(CLOSE.takenOver, 'taken over by another window')
      current = socket
      serve(endpoint, socketTransport(socket))
    })
  })
  server.on('clientError', (_error, stream) => stream.destroy())

  return {
    port,
    link: (seconds) => `http://127.0.0.1:${port}/#token=${secrets.issue(seconds)}`,
    occupied,
    close: () => closeServer(server, sockets),
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port)))
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => resolve((server.address() as AddressInfo).port))
  })
}

function listenError(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') return error
  const what = error.code === 'EACCES' ? 'needs rights that this user does not have' : 'is in use by another program'
  const hint = 'Leave --port out to take any free port, stop the other program, or name another port.'
  return new AppError('host/port-busy', `Port ${port} ${what}.`, hint)
}

interface Shared {
  readonly files: ReadonlyMap<string, StaticFile>
  readonly secrets: Secrets
  readonly port: number
}

async function respond(verdict: Verdict, request: IncomingMessage, response: ServerResponse, shared: Shared) {
  const { files, secrets, port } = shared
  const app = securityHeaders(`ws://127.0.0.1:${port}`)
  const signIn = securityHeaders("'self'")
  switch (verdict.kind) {
    case 'file':
      return sendFile(request, response, files.get(verdict.path)!, app)
    case 'sign-in':
      return sendFile(request, response, SIGN_IN_FILES.get(verdict.path)!, signIn)
    case 'session': {
      const session = secrets.redeem(await readToken(request))
      if (session === undefined) return sendText(response, 401, 'The link is wrong, used or too old.', signIn)
      const cookie = `${secrets.cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`
      return sendText(response, 200, 'Signed in.', { ...signIn, 'Set-Cookie': cookie })
    }
    case 'refuse':
      return sendText(response, verdict.status, verdict.reason, { ...signIn, Connection: 'close' })
    case 'socket':
      return sendText(response, 404, 'This address is a socket.', signIn)
  }
}

/** The body of a sign-in: a token is 43 characters, so anything long is cut. */
async function readToken(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request.setEncoding('utf8')) {
    text += part as string
    if (text.length > 64) return ''
  }
  return text
}

function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: StaticFile,
  headers: Readonly<Record<string, string>>,
) {
  response.writeHead(200, { ...headers, 'Content-Type': file.type, 'Content-Length': file.body.length })
  response.end(request.method === 'HEAD' ? undefined : file.body)
}

function sendText(response: ServerResponse, status: number, text: string, headers: Readonly<Record<string, string>>) {
  response.writeHead(status, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}

function refuseUpgrade(stream: Duplex, verdict: Verdict) {
  const status = verdict.kind === 'refuse' ? verdict.status : 404
  const headers = Object.entries(securityHeaders("'self'")).map(([name, value]) => `${name}: ${value}\r\n`)
  stream.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${headers.join('')}Connection: close\r\nContent-Length: 0\r\n\r\n`,
  )
}

function closeServer(server: Server, sockets: WebSocketServer): Promise<void> {
  sockets.clients.forEach((socket) => socket.terminate())
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
