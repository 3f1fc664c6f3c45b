import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** One-time tokens and the sessions they open: 256 random bits each, kept in memory as digests only. */
export interface Secrets {
  /** A new one-time token that lives so many seconds. */
  issue(seconds: number): string
  /** Use up a token: the value of a new session, or `undefined` for a wrong, used or expired token. */
  redeem(token: string): string | undefined
  /** True if the value of a `Cookie` header holds a living session. */
  hasSession(cookie: string): boolean
  readonly cookieName: string
}

/** Secrets of a host on a port. */
export function createSecrets(port: number): Secrets {
  const cookieName = `netwright_${port}`
  const tokens = new Map<Buffer, number>()
  const sessions: Buffer[] = []

  return {
    cookieName,
    issue(seconds) {
      const token = randomBytes(32).toString('base64url')
      tokens.set(digest(token), Date.now() + seconds * 1000)
      return token
    },
    redeem(token) {
      for (const [known, ends] of tokens) if (ends <= Date.now()) tokens.delete(known)
      const offered = digest(token)
      const match = [...tokens.keys()].find((known) => timingSafeEqual(known, offered))
      if (!match) return undefined
      tokens.delete(match)
      const session = randomBytes(32).toString('base64url')
      sessions.push(digest(session))
      return session
    },
    hasSession(cookie) {
      return cookie.split(';').some((pair) => {
        const [name, value = ''] = pair.trim().split('=', 2)
        return name === cookieName && sessions.some((known) => timingSafeEqual(known, digest(value)))
      })
    },
  }
}

/** Digests have one length, which `timingSafeEqual` needs, and leak nothing about the secret. */
function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
