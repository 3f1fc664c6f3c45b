import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Api, EventName, Events } from '../shared/api.js'
import { AppError } from '../shared/errors.js'
import { METHODS } from '../shared/rpc/methods.js'
import { connect, type Client } from '../shared/rpc/rpc.js'
import type { Dial } from './transport.js'

/**
 * `connecting` until the first wire stands; `lost` while a cut one is being replaced; `elsewhere` after another window
 * took over: this one waits until the user wants it back.
 */
export type Connection = 'connecting' | 'connected' | 'lost' | 'elsewhere'

/** The services behind the window, over wires that may be cut and replaced. */
export interface Host {
  /** Calls wait for the first wire; while it is lost they reject with `host/closed`. */
  readonly api: Api
  /** Listen to a push, over every wire to come; returns the function that stops listening. */
  on<E extends EventName>(event: E, listener: (data: Events[E]) => void): () => void
  readonly connection: StoreApi<Connection>
  /** Try at once, and take the services over if another window has them. */
  takeOver(): void
}

/** Milliseconds before the next try after so many failed ones: soon at first, then every four seconds. */
export function pauseBeforeTry(failed: number): number {
  return Math.min(250 * 2 ** failed, 4000)
}

/** Keep a wire to the services; `wait` is the clock between tries. */
export function createHost(dial: Dial, wait: (ms: number) => Promise<void> = sleep): Host {
  const connection = createStore<Connection>(() => 'connecting')
  const listeners = new Set<{ readonly event: EventName; readonly listener: (data: never) => void }>()
  let first: (client: Client) => void = () => {}
  let current: Promise<Client> = new Promise((resolve) => (first = resolve))
  let wake: (takeOver: boolean) => void = () => {}

  const attach = (client: Client, entry: typeof listeners extends Set<infer L> ? L : never) =>
    client.on(entry.event, (data) => listeners.has(entry) && entry.listener(data as never))

  async function keep(): Promise<never> {
    let takeOver = false
    for (let failed = 0; ; failed++) {
      const wire = await dial(takeOver).catch(() => undefined)
      if (wire) {
        const client = connect(wire)
        for (const entry of listeners) attach(client, entry)
        first(client)
        current = Promise.resolve(client)
        connection.setState('connected', true)
        await client.closed
        connection.setState(wire.replaced() ? 'elsewhere' : 'lost', true)
        failed = 0
      }
      const woken = new Promise<boolean>((resolve) => (wake = resolve))
      const clock = connection.getState() === 'elsewhere' ? [] : [wait(pauseBeforeTry(failed)).then(() => false)]
      takeOver = await Promise.race([woken, ...clock])
    }
  }
  void keep()

  return {
    api: forwarding(async () => {
      const state = connection.getState()
      if (state === 'lost' || state === 'elsewhere') throw lostError()
      return (await current).api
    }),
    on(event, listener) {
      const entry = { event, listener }
      listeners.add(entry)
      if (connection.getState() === 'connected') void current.then((client) => attach(client, entry))
      return () => void listeners.delete(entry)
    },
    connection,
    takeOver: () => wake(true),
  }
}

/** An `Api` that asks for the real one at each call. */
function forwarding(real: () => Promise<Api>): Api {
  const api: Record<string, Record<string, unknown>> = {}
  for (const method of Object.keys(METHODS)) {
    const [group, name] = method.split('.') as [keyof Api, string]
    const call = async (...args: readonly unknown[]) => {
      const methods = (await real())[group] as unknown as Record<string, (...values: readonly unknown[]) => unknown>
      return methods[name]?.(...args)
    }
    api[group] = { ...api[group], [name]: call }
  }
  return api as unknown as Api
}

function lostError(): AppError {
  return new AppError(
    'host/closed',
    'Netwright does not answer at the moment.',
    'Your work is safe in this window; it reconnects by itself as soon as Netwright runs again.',
  )
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

const HostContext = createContext<Host | undefined>(undefined)

export const HostProvider = HostContext.Provider

/** The services, in a component. */
export function useHost(): Host {
  const host = useContext(HostContext)
  if (!host) throw new Error('useHost outside of HostProvider')
  return host
}

export function useConnection(): Connection {
  return useStore(useHost().connection)
}
