/** What the gate looks at; taken from the request as it came over the socket, before anything interprets it. */
export interface RequestFacts {
  readonly method: string
  /** The request target as sent. */
  readonly target: string
  /** Names and values in turn, duplicates kept. */
  readonly rawHeaders: readonly string[]
  /** The client asks for a WebSocket. */
  readonly upgrade: boolean
}

/** What the gate knows of the host. */
export interface GateState {
  readonly port: number
  /** True if the value of a `Cookie` header holds a living session. */
  hasSession(cookie: string): boolean
  /** True for the exact path of a file of the window. */
  hasFile(path: string): boolean
  /** True while a window is connected. */
  readonly occupied: boolean
}

export type Verdict =
  | { readonly kind: 'refuse'; readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 421; readonly reason: string }
  /** One of the static files of the sign-in page. */
  | { readonly kind: 'sign-in'; readonly path: string }
  /** Swap the one-time token in the body for a session. */
  | { readonly kind: 'session' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'socket' }

const SIGN_IN_PATHS: readonly string[] = ['/sign-in.js', '/sign-in.css']
const SOCKET_PATH = '/socket'
const TAKE_OVER_PATH = '/socket?takeover'
/** A header that no form and no simple cross-site request can carry. */
const CUSTOM_HEADER = 'x-netwright'

/** Decide on a request: the first row that fails answers. Rows and their reasons: docs/decisions.md, "The gate". */
export function gate(request: RequestFacts, state: GateState): Verdict {
  const header = (name: string) => valuesOf(request.rawHeaders, name)
  const own = `127.0.0.1:${state.port}`

  const hosts = header('host')
  if (hosts.length !== 1) return refuse(400, `A request needs one Host line, this one has ${hosts.length}.`)
  if (!request.target.startsWith('/')) return refuse(400, 'The request target must be a path.')
  if (hosts[0] !== own) return refuse(421, `This host answers as ${own} only.`)

  const sites = header('sec-fetch-site')
  const signInPage = request.method === 'GET' && request.target === '/' && !request.upgrade
  if (!signInPage && sites.some((site) => site !== 'same-origin' && site !== 'none')) {
    return refuse(403, 'The request comes from another site.')
  }
  const origins = header('origin')
  const needsOrigin = request.upgrade || request.method === 'POST'
  if (origins.some((origin) => origin !== `http://${own}`)) return refuse(403, 'The request has a foreign origin.')
  if (needsOrigin && origins.length !== 1) return refuse(403, 'The request has no origin.')

  if (!['GET', 'HEAD', 'POST'].includes(request.method)) return refuse(405, `${request.method} is not used here.`)
  if (request.method === 'POST' && header(CUSTOM_HEADER).length !== 1) {
    return refuse(403, `A POST needs the header ${CUSTOM_HEADER}.`)
  }
  return route(request, state, header('cookie'))
}

/** The rows that depend on the path: sign-in without a session, everything else with one. */
function route({ method, target, upgrade }: RequestFacts, state: GateState, cookies: readonly string[]): Verdict {
  const reads = method !== 'POST' && !upgrade
  if (method === 'POST' && target === '/session' && !upgrade) return { kind: 'session' }
  if (reads && SIGN_IN_PATHS.includes(target)) return { kind: 'sign-in', path: target }

  const signedIn = cookies.some((cookie) => state.hasSession(cookie))
  if (!signedIn && reads && target === '/') return { kind: 'sign-in', path: '/' }
  if (!signedIn) return refuse(401, 'Sign in first: open the link that Netwright printed when it started.')

  if (upgrade) return method === 'GET' ? routeSocket(target, state) : refuse(405, 'A socket is opened with GET.')
  if (reads && state.hasFile(target)) return { kind: 'file', path: target }
  return refuse(404, 'There is no such file.')
}

function routeSocket(target: string, state: GateState): Verdict {
  if (target === TAKE_OVER_PATH) return { kind: 'socket' }
  if (target !== SOCKET_PATH) return refuse(404, 'There is no such socket.')
  return state.occupied ? refuse(409, 'Netwright is open in another window.') : { kind: 'socket' }
}

function refuse(status: (Verdict & { kind: 'refuse' })['status'], reason: string): Verdict {
  return { kind: 'refuse', status, reason }
}

/** Node keeps only the first of two `Host` lines in `headers`, so count them in the raw list. */
function valuesOf(rawHeaders: readonly string[], name: string): readonly string[] {
  return rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]!.toLowerCase() === name)
}
