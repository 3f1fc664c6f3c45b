import type { Endpoint } from '../../shared/rpc/rpc.js'
import { HAND_OVER_SECONDS, openBrowser } from './hand-over.js'
import { createHost, type Host, type HostOptions } from './host.js'

/** Seconds a printed link lives: a person has to copy it. */
const PRINTED_SECONDS = 600

const LIFE = `The link signs one browser in, once, within ${PRINTED_SECONDS / 60} minutes.`

export interface RunHostOptions extends HostOptions {
  /** Open a browser, too. */
  readonly open: boolean
  /** Print `{"url":…}` instead of the bare link. */
  readonly json: boolean
}

/** Start a host for a person or script: one line with the link on standard output; Enter in the terminal prints a new one. */
export async function runHost(endpoint: Endpoint, options: RunHostOptions): Promise<Host> {
  const host = await createHost(endpoint, options)
  const url = host.link(PRINTED_SECONDS)
  process.stdout.write(`${options.json ? JSON.stringify({ url }) : url}\n`)
  if (options.open) {
    const remove = await openBrowser(host.link(HAND_OVER_SECONDS))
    setTimeout(() => void remove(), HAND_OVER_SECONDS * 1000).unref()
  }
  if (process.stdin.isTTY) {
    process.stderr.write(`${LIFE} Press Enter for a new one, Ctrl-C to end.\n`)
    process.stdin.on('data', () => process.stderr.write(`${host.link(PRINTED_SECONDS)}\n`)).unref()
  } else process.stderr.write(`${LIFE}\n`)
  return host
}
