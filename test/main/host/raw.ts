import { connect } from 'node:net'
import { mkdtemp, mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Send bytes over a bare socket and return all that comes back until the host closes. */
export function raw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(text))
    let answer = ''
    socket.setEncoding('utf8')
    socket.on('data', (part: string) => (answer += part))
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
  })
}

/** A request as text; `Connection: close`, so that the answer ends. */
export function request(line: string, headers: readonly string[], body = ''): string {
  const length = body === '' ? [] : [`Content-Length: ${body.length}`]
  return [`${line} HTTP/1.1`, ...headers, ...length, 'Connection: close', '', body].join('\r\n')
}

/** An upgrade to a WebSocket as text. */
export function upgrade(target: string, headers: readonly string[]): string {
  const socket = ['Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==']
  return [`GET ${target} HTTP/1.1`, ...headers, ...socket, 'Connection: Upgrade', '', ''].join('\r\n')
}

export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1])
}

/** A folder that stands for the built window. */
export async function windowFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'netwright-window-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Window</title>')
  await writeFile(join(folder, 'assets', 'index.js'), 'export {}')
  return folder
}
