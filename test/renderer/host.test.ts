import { expect, it, vi } from 'vitest'
import type { Api, Events, EventName, RunSummary } from '../../src/shared/api.js'
import { memoryWire } from '../../src/shared/rpc/memory.js'
import { serve } from '../../src/shared/rpc/rpc.js'
import { createHost, pauseBeforeTry } from '../../src/renderer/host.js'
import type { Wire } from '../../src/renderer/transport.js'

/** Services that can be cut off and come back, with the wire under the test's hand. */
function services() {
  const listeners = new Set<readonly [EventName, (data: never) => void]>()
  const api = { app: { info: async () => ({ version: '1', shell: 'host', home: '' }) } } as unknown as Api
  let cut = () => {}
  const dials: boolean[] = []
  let up = true
  let replaced = false
  const dial = async (takeOver: boolean): Promise<Wire> => {
    dials.push(takeOver)
    if (!up) throw new Error('nobody')
    const wire = memoryWire()
    cut = wire.close
    serve({ api, on: (event, l) => (listeners.add([event, l as never]), () => undefined) }, wire.b)
    replaced = false
    return { ...wire.a, replaced: () => replaced }
  }
  return {
    dial,
    dials,
    cut: (byOther = false) => {
      replaced = byOther
      cut()
    },
    setUp: (value: boolean) => void (up = value),
    push: <E extends EventName>(event: E, data: Events[E]) => {
      for (const [name, listener] of listeners) if (name === event) (listener as (d: Events[E]) => void)(data)
    },
  }
}

/** A clock that moves when the test says so. */
function clock() {
  const waits: { readonly ms: number; readonly end: () => void }[] = []
  return { waits, wait: (ms: number) => new Promise<void>((end) => waits.push({ ms, end })) }
}

it('answers calls made before the first wire stands', async () => {
  const far = services()
  const host = createHost(far.dial, clock().wait)
  expect(host.connection.getState()).toBe('connecting')
  expect(await host.api.app.info()).toMatchObject({ version: '1' })
  expect(host.connection.getState()).toBe('connected')
})

it('refuses calls while the wire is lost, tries again more and more slowly, and listens on the new wire', async () => {
  const far = services()
  const time = clock()
  const host = createHost(far.dial, time.wait)
  const heard: string[] = []
  const stop = host.on('runs.changed', ({ id }) => void heard.push(id))
  await host.api.app.info()
  far.setUp(false)
  far.cut()
  await vi.waitFor(() => expect(host.connection.getState()).toBe('lost'))
  await expect(host.api.app.info()).rejects.toMatchObject({ code: 'host/closed' })
  for (let tries = 1; tries <= 3; tries++) {
    await vi.waitFor(() => expect(time.waits).toHaveLength(tries))
    if (tries === 3) far.setUp(true)
    time.waits.at(-1)!.end()
  }
  await vi.waitFor(() => expect(host.connection.getState()).toBe('connected'))
  expect(time.waits.map(({ ms }) => ms)).toEqual([0, 1, 2].map(pauseBeforeTry))
  far.push('runs.changed', { id: 'run-1' } as RunSummary)
  await vi.waitFor(() => expect(heard).toEqual(['run-1']))
  stop()
  far.push('runs.changed', { id: 'run-2' } as RunSummary)
  await host.api.app.info()
  expect(heard).toEqual(['run-1'])
})

it('does not fight with another window: it waits until it is asked to take over', async () => {
  const far = services()
  const time = clock()
  const host = createHost(far.dial, time.wait)
  await host.api.app.info()
  far.cut(true)
  await vi.waitFor(() => expect(host.connection.getState()).toBe('elsewhere'))
  expect(time.waits).toEqual([])
  host.takeOver()
  await vi.waitFor(() => expect(host.connection.getState()).toBe('connected'))
  expect(far.dials).toEqual([false, true])
})
