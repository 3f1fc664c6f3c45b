import { protocol } from 'electron'
import { contentSecurityPolicy } from '../services/content-security.js'
import type { StaticFile } from '../services/window-files.js'

const SCHEME = 'app'
/** The one origin of the window. */
export const ORIGIN = 'app://bundle'

/** Must run before Electron is ready. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true }
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }])
}

/** Answer `app://bundle/…` from the exact list of built files; every other scheme that could reach files is refused. */
export function handleScheme(files: ReadonlyMap<string, StaticFile>): void {
  protocol.handle(SCHEME, (request) => answer(request, files))
  protocol.handle('file', () => refuse(403))
}

function answer(request: Request, files: ReadonlyMap<string, StaticFile>): Response {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405)
  if (!request.url.startsWith(`${ORIGIN}/`)) return refuse(404)
  const file = files.get(request.url.slice(ORIGIN.length))
  if (!file) return refuse(404)
  const body = request.method === 'HEAD' ? undefined : new Uint8Array(file.body)
  return new Response(body, { headers: { ...headers(), 'Content-Type': file.type } })
}

function refuse(status: number): Response {
  return new Response('', { status, headers: headers() })
}

function headers(): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy("'self'"),
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
  }
}
