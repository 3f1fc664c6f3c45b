import { rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createHost, type Host } from '../../../src/main/host/host.js'
import { MAX_MESSAGES_PER_SECOND } from '../../../src/main/host/socket.js'
import type { Endpoint } from '../../../src/shared/rpc/rpc.js'
import { eventually } from '../../eventually.js'
import { raw, request, statusOf, upgrade, windowFolder } from './raw.js'

const calls: string[] = []
const LONG = 'ü'.repeat(24 * 1024 * 1024)
const endpoint: Endpoint = {
  api: {
    documents: {
      read: () => Promise.resolve({ text: LONG, modified: '' }),
      write: (name: string, text: string) => Promise.resolve({ name, modified: String(text.length) }),
    },
    app: { info: () => (calls.push('info'), Promise.resolve({ version: '1', shell: 'host', home: '/' })) },
  } as unknown as Endpoint['api'],
  on: () => () => {},
}

let folder: string
let host: Host
let own: string
let session: string

beforeAll(async () => {
  folder = await windowFolder()
  host = await createHost(endpoint, { port: 0, renderer: folder })
  own = `127.0.0.1:${host.port}`
  session = await signIn(tokenOf(host.link(60)))
})
afterAll(async () => {
  await host.close()
  await rm(folder, { recursive: true })
})

const tokenOf = (link: string) => link.split('#token=')[1]!

function postToken(token: string, headers: readonly string[] = [`Origin: http://${own}`, 'X-Netwright: 1']) {
  return raw(host.port, request('POST /session', [`Host: ${own}`, ...headers], token))
}

async function signIn(token: string): Promise<string> {
  const cookie = /set-cookie: ([^;]+);/i.exec(await postToken(token))?.[1]
  if (!cookie) throw new Error('no session')
  return cookie
}

const get = (target: string, headers: readonly string[] = []) =>
  raw(host.port, request(`GET ${target}`, [`Host: ${own}`, ...headers]))
const signed = () => [`Cookie: ${session}`, `Origin: http://${own}`]

describe('signing in', () => {
  it('uses a token once, and only the right one', async () => {
    const token = tokenOf(host.link(60))
    const answers = [await postToken('wrong'), await postToken(''), await postToken('x'.repeat(5000))]
    answers.push(await postToken(token), await postToken(token))
    expect(answers.map(statusOf)).toEqual([401, 401, 401, 200, 401])
    expect(answers[3]).toMatch(/set-cookie: netwright_\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/\r\n/i)
  })

  it('outlives a client that goes away in the middle of its token', async () => {
    const headers = [`Host: ${own}`, `Origin: http://${own}`, 'X-Netwright: 1', 'Content-Length: 43']
    const closed = await new Promise<boolean>((resolve) => {
      const socket = connect(host.port, '127.0.0.1', () => {
        socket.write(`POST /session HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\nhalf`)
        void eventually(() => expect(socket.bytesWritten).toBeGreaterThan(0)).then(() => socket.resetAndDestroy())
      })
      socket.on('close', resolve)
    })
    expect(closed).toBeDefined()
    // An error that nobody handled would end the process; here Vitest would tell of it.
    expect(statusOf(await postToken(tokenOf(host.link(60))))).toBe(200)
  })

  it('refuses a token that is too old', async () => {
    expect(statusOf(await postToken(tokenOf(host.link(-1))))).toBe(401)
  })

  it('shows the sign-in page without and the window with a session, reloads included', async () => {
    const pages = [await get('/'), await get('/', signed()), await get('/', signed())]
    expect(pages.map(statusOf)).toEqual([200, 200, 200])
    expect(pages.map((page) => /<title>(.*)<\/title>/.exec(page)?.[1])).toEqual(['Netwright', 'Window', 'Window'])
  })

  it('sends the security headers with every answer', async () => {
    const answers = [
      await get('/'),
      await get('/', signed()),
      await get('/nothing', signed()),
      await get('/assets/index.js'),
      await raw(host.port, upgrade('/socket', [`Host: ${own}`])),
    ]
    expect(answers.map(statusOf)).toEqual([200, 200, 404, 401, 403])
    for (const answer of answers) {
      expect(answer).toMatch(/content-security-policy: default-src 'none'; script-src 'self'/i)
      expect(answer).toMatch(/x-content-type-options: nosniff/i)
      expect(answer).toMatch(/cross-origin-resource-policy: same-origin/i)
      expect(answer).toMatch(/cross-origin-opener-policy: same-origin/i)
      expect(answer).toMatch(/referrer-policy: no-referrer/i)
    }
    expect(answers[0]).toContain("connect-src 'self';")
    expect(answers[1]).toContain(`connect-src ws://${own};`)
  })
})

describe('bare requests', () => {
  it('are refused with the status of the first row that fails', async () => {
    const cases: readonly (readonly [string, number])[] = [
      [request('GET /', []), 400],
      [request('GET /', [`Host: ${own}`, `Host: ${own}`]), 400],
      [request('GET /', [`Host: ${own}`, 'Host: evil.example']), 400],
      [request(`GET http://${own}/`, [`Host: ${own}`]), 400],
      [request('OPTIONS *', [`Host: ${own}`]), 400],
      [request('GET /', [`Host: localhost:${host.port}`]), 421],
      [request('GET /', ['Host: evil.example']), 421],
      [request('GET /assets/index.js', [`Host: ${own}`, 'Sec-Fetch-Site: cross-site', ...signed()]), 403],
      [request('POST /session', [`Host: ${own}`, 'X-Netwright: 1'], 'x'), 403],
      [request('DELETE /', [`Host: ${own}`]), 405],
      [request('POST /session', [`Host: ${own}`, `Origin: http://${own}`], 'x'), 403],
      [request('GET /assets/index.js', [`Host: ${own}`]), 401],
      [request('GET /assets/../../package.json', [`Host: ${own}`, ...signed()]), 404],
      [request('GET /..%2f..%2fpackage.json', [`Host: ${own}`, ...signed()]), 404],
      [request('GET /socket', [`Host: ${own}`, ...signed()]), 404],
      [upgrade('/socket', [`Host: ${own}`, `Cookie: ${session}`]), 403],
      [upgrade('/socket', [`Host: ${own}`, `Origin: http://${own}`]), 401],
      [upgrade('/socket', [`Host: ${own}`, `Origin: http://${own}.evil.example`, `Cookie: ${session}`]), 403],
      [upgrade('/socket', [`Host: ${own}`, `Host: ${own}`, ...signed()]), 400],
      [upgrade('/other', [`Host: ${own}`, ...signed()]), 404],
    ]
    const statuses = []
    for (const [text] of cases) statuses.push(statusOf(await raw(host.port, text)))
    expect(statuses).toEqual(cases.map(([, status]) => status))
    expect(calls).toEqual([])
    console.log(`cases=${cases.length}`)
  })

  it('survive noise', async () => {
    const noise = ['', '\0\0\0\0', 'GET', 'GET / HTTP/9.9\r\n\r\n', `GET /${'a'.repeat(50_000)} HTTP/1.1\r\n\r\n`]
    for (const text of noise) await raw(host.port, `${text}\r\n\r\n`)
    expect(statusOf(await get('/'))).toBe(200)
  })
})

function open(target = '/socket'): Promise<WebSocket> {
  const socket = new WebSocket(`ws://${own}${target}`, { headers: { Cookie: session, Origin: `http://${own}` } })
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket))
    socket.once('error', reject)
  })
}

const closeCode = (socket: WebSocket) => new Promise<number>((resolve) => socket.once('close', resolve))

describe('the socket', () => {
  it('belongs to one window; a second one has to take over', async () => {
    const first = await open()
    await expect(open()).rejects.toThrow('409')
    const closed = closeCode(first)
    const second = await open('/socket?takeover')
    expect(await closed).toBe(4001)
    second.close()
    await closeCode(second)
    const third = await open()
    third.terminate()
    await closeCode(third)
  })

  it('cuts off a window that floods, sends binary, or no JSON', async () => {
    const codes = []
    for (const flood of [
      (socket: WebSocket) => Array.from({ length: MAX_MESSAGES_PER_SECOND * 3 }, () => socket.send('{}')),
      (socket: WebSocket) => socket.send(Buffer.from('{}')),
      (socket: WebSocket) => socket.send('{'),
    ]) {
      const socket = await open('/socket?takeover')
      const closed = closeCode(socket)
      flood(socket)
      codes.push(await closed)
    }
    expect(codes).toEqual([4008, 1003, 1003])
  })

  it('takes the largest document, and lets news wait behind a large answer, also for a window that reads slowly', async () => {
    const socket = await open('/socket?takeover')
    const replies: unknown[] = []
    const before = calls.length
    socket.on('message', (data) => replies.push(JSON.parse(String(data))))
    socket.pause()
    socket.send(JSON.stringify({ call: 1, method: 'documents.read', args: ['long'] }))
    for (let call = 2; call < 9; call++) socket.send(JSON.stringify({ call, method: 'app.info', args: [] }))
    await eventually(() => expect(calls.length - before).toBe(7))
    socket.resume()
    await eventually(() => expect(replies).toHaveLength(8))
    expect(replies[0]).toEqual({ reply: 1, result: { text: LONG, modified: '' } })
    // Quotes and line ends double on the way.
    const document = '"\n'.repeat(14 * 1024 * 1024)
    socket.send(JSON.stringify({ call: 9, method: 'documents.write', args: ['large', document] }))
    await eventually(() => expect(replies).toHaveLength(9))
    expect(replies[8]).toEqual({ reply: 9, result: { name: 'large', modified: String(document.length) } })
    socket.close()
    expect(await closeCode(socket)).toBe(1005)
  })

  it('answers calls', async () => {
    const socket = await open('/socket?takeover')
    const answer = new Promise((resolve) => socket.once('message', (data) => resolve(JSON.parse(String(data)))))
    socket.send('{"call":7,"method":"app.info","args":[]}')
    expect(await answer).toEqual({ reply: 7, result: { version: '1', shell: 'host', home: '/' } })
    socket.close()
    await closeCode(socket)
  })
})

it('says when the port is taken', async () => {
  await expect(createHost(endpoint, { port: host.port, renderer: folder })).rejects.toMatchObject({
    code: 'host/port-busy',
    message: `Port ${host.port} is in use by another program.`,
  })
})
