import { describe, expect, it } from 'vitest'
import { gate, type GateState, type RequestFacts } from '../../../src/main/host/gate.js'

const PORT = 4321
const HOST = `127.0.0.1:${PORT}`
const ORIGIN = `http://${HOST}`
const SESSION = 'netwright_4321=good'

const state: GateState = {
  port: PORT,
  hasSession: (cookie) => cookie === SESSION,
  hasFile: (path) => ['/', '/assets/index.js'].includes(path),
  occupied: false,
}

interface Ask {
  readonly method?: string
  readonly target?: string
  readonly headers?: readonly (readonly [string, string])[]
  readonly host?: readonly string[]
  readonly upgrade?: boolean
  readonly occupied?: boolean
}

function ask({ method = 'GET', target = '/', headers = [], host = [HOST], upgrade = false, occupied = false }: Ask) {
  const lines = [...host.map((value) => ['Host', value] as const), ...headers]
  const facts: RequestFacts = { method, target, rawHeaders: lines.flat(), upgrade }
  const verdict = gate(facts, { ...state, occupied })
  return verdict.kind === 'refuse'
    ? verdict.status
    : 'path' in verdict
      ? `${verdict.kind} ${verdict.path}`
      : verdict.kind
}

const cookie = ['Cookie', SESSION] as const
const origin = ['Origin', ORIGIN] as const
const custom = ['X-Netwright', '1'] as const
const site = (value: string) => ['Sec-Fetch-Site', value] as const
const post = { method: 'POST', target: '/session' }
const socket = { target: '/socket', upgrade: true }

const CASES: readonly (readonly [string, Ask, number | string])[] = [
  ['no Host', { host: [] }, 400],
  ['two Hosts', { host: [HOST, HOST] }, 400],
  ['two Hosts, the second foreign', { host: [HOST, 'evil.example'] }, 400],
  ['absolute target', { target: `http://${HOST}/` }, 400],
  ['target without slash', { target: '*' }, 400],
  ['empty target', { target: '' }, 400],
  ['localhost', { host: [`localhost:${PORT}`] }, 421],
  ['0.0.0.0', { host: [`0.0.0.0:${PORT}`] }, 421],
  ['IPv6', { host: [`[::1]:${PORT}`] }, 421],
  ['trailing dot', { host: [`127.0.0.1.:${PORT}`] }, 421],
  ['no port', { host: ['127.0.0.1'] }, 421],
  ['other port', { host: ['127.0.0.1:80'] }, 421],
  ['port as prefix', { host: [`${HOST}0`] }, 421],
  ['rebound name', { host: [`evil.example:${PORT}`] }, 421],
  ['empty Host', { host: [''] }, 421],
  ['other loopback', { host: [`127.0.0.2:${PORT}`] }, 421],
  ['user information', { host: [`me@${HOST}`] }, 421],
  ['cross-site file', { target: '/assets/index.js', headers: [cookie, site('cross-site')] }, 403],
  ['same-site file', { target: '/assets/index.js', headers: [cookie, site('same-site')] }, 403],
  ['cross-site sign-in script', { target: '/sign-in.js', headers: [site('cross-site')] }, 403],
  ['cross-site HEAD of /', { method: 'HEAD', headers: [site('cross-site')] }, 403],
  ['cross-site page', { headers: [site('cross-site')] }, 'sign-in /'],
  ['cross-site socket', { ...socket, target: '/', headers: [cookie, origin, site('cross-site')] }, 403],
  ['two sites', { target: '/sign-in.js', headers: [site('none'), site('cross-site')] }, 403],
  ['typed address', { headers: [site('none')] }, 'sign-in /'],
  ['wrong Origin on GET', { headers: [['Origin', 'http://evil.example']] }, 403],
  ['POST without Origin', { ...post, headers: [custom] }, 403],
  ['POST, null Origin', { ...post, headers: [custom, ['Origin', 'null']] }, 403],
  ['POST, foreign Origin', { ...post, headers: [custom, ['Origin', 'https://evil.example']] }, 403],
  ['POST, suffix', { ...post, headers: [custom, ['Origin', `${ORIGIN}.evil.example`]] }, 403],
  ['POST, https', { ...post, headers: [custom, ['Origin', `https://${HOST}`]] }, 403],
  ['POST, localhost', { ...post, headers: [custom, ['Origin', `http://localhost:${PORT}`]] }, 403],
  ['POST, other port', { ...post, headers: [custom, ['Origin', 'http://127.0.0.1:80']] }, 403],
  ['POST, two Origins', { ...post, headers: [custom, origin, origin] }, 403],
  ['POST, upper case', { ...post, headers: [custom, ['Origin', ORIGIN.toUpperCase()]] }, 403],
  ['POST, path in Origin', { ...post, headers: [custom, ['Origin', `${ORIGIN}/`]] }, 403],
  ['socket without Origin', { ...socket, headers: [cookie] }, 403],
  ['socket, null Origin', { ...socket, headers: [cookie, ['Origin', 'null']] }, 403],
  ['socket, suffix', { ...socket, headers: [cookie, ['Origin', `${ORIGIN}.evil.example`]] }, 403],
  ['DELETE', { method: 'DELETE', headers: [cookie] }, 405],
  ['OPTIONS', { method: 'OPTIONS' }, 405],
  ['PUT', { method: 'PUT', headers: [cookie, origin] }, 405],
  ['CONNECT', { method: 'CONNECT', target: '/' }, 405],
  ['lower case get', { method: 'get' }, 405],
  ['POST without our header', { ...post, headers: [origin] }, 403],
  ['POST with our header', { ...post, headers: [origin, custom] }, 'session'],
  ['file without session', { target: '/assets/index.js' }, 401],
  ['file, wrong session', { target: '/assets/index.js', headers: [['Cookie', 'netwright_4321=bad']] }, 401],
  ['file, token in the address', { target: '/assets/index.js?token=good' }, 401],
  ['page, token in the address', { target: '/?token=good' }, 401],
  ['HEAD of a file without session', { method: 'HEAD', target: '/assets/index.js' }, 401],
  ['unknown file without session', { target: '/nothing' }, 401],
  ['socket without session', { ...socket, headers: [origin] }, 401],
  ['socket, wrong session', { ...socket, headers: [origin, ['Cookie', 'netwright_4321=bad']] }, 401],
  ['POST elsewhere without session', { method: 'POST', target: '/other', headers: [origin, custom] }, 401],
  ['POST elsewhere', { method: 'POST', target: '/other', headers: [origin, custom, cookie] }, 404],
  ['POST upgrade', { ...socket, method: 'POST', headers: [origin, custom, cookie] }, 405],
  ['unknown file', { target: '/assets/other.js', headers: [cookie] }, 404],
  ['query', { target: '/assets/index.js?x', headers: [cookie] }, 404],
  ['traversal', { target: '/assets/../index.js', headers: [cookie] }, 404],
  ['encoded traversal', { target: '/%2e%2e/secret', headers: [cookie] }, 404],
  ['double slash', { target: '//', headers: [cookie] }, 404],
  ['file named like a member', { target: '/constructor', headers: [cookie] }, 404],
  ['unknown socket', { target: '/other', upgrade: true, headers: [origin, cookie] }, 404],
  ['second socket', { ...socket, occupied: true, headers: [origin, cookie] }, 409],
  ['take over', { target: '/socket?takeover', upgrade: true, occupied: true, headers: [origin, cookie] }, 'socket'],
  ['first socket', { ...socket, headers: [origin, cookie] }, 'socket'],
  ['page', { headers: [cookie, site('same-origin')] }, 'file /'],
  ['file', { target: '/assets/index.js', headers: [cookie, site('same-origin')] }, 'file /assets/index.js'],
  ['sign-in script', { target: '/sign-in.js', headers: [site('same-origin')] }, 'sign-in /sign-in.js'],
]

describe('the gate', () => {
  it.each(CASES)('%s', (_name, request, expected) => {
    expect(ask(request)).toBe(expected)
  })

  it('answers with the first row that fails', () => {
    const worst = { method: 'DELETE', target: '/x', headers: [site('cross-site'), ['Origin', 'null'] as const] }
    expect([
      ask({ ...worst, host: [] }),
      ask({ ...worst, host: ['evil'] }),
      ask(worst),
      ask({ ...worst, headers: [['Origin', 'null']] }),
      ask({ ...worst, headers: [] }),
    ]).toEqual([400, 421, 403, 403, 405])
  })
})

console.log(`cases=${CASES.length}`)
