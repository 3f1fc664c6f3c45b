import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Api, Transport } from '../../../src/shared/api.js'
import { AppError, type Issue } from '../../../src/shared/errors.js'
import { memoryWire } from '../../../src/shared/rpc/memory.js'
import { METHODS, type MethodName } from '../../../src/shared/rpc/methods.js'
import { connect, serve, type Endpoint } from '../../../src/shared/rpc/rpc.js'
import { DEFAULT_SETTINGS } from '../../../src/shared/training/settings.js'
import { eventually } from '../../eventually.js'

type Call = readonly [string, readonly unknown[]]

/** An endpoint that notes every call that comes through. */
function notedEndpoint(answer: (method: string) => unknown = () => 'done') {
  const calls: Call[] = []
  const listeners = new Set<(data: never) => void>()
  const groups: Record<string, Record<string, unknown>> = {}
  for (const method of Object.keys(METHODS)) {
    const [group, name] = method.split('.') as [string, string]
    const call = async (...args: unknown[]) => {
      calls.push([method, args])
      return answer(method)
    }
    groups[group] = { ...groups[group], [name]: call }
  }
  const endpoint: Endpoint = {
    api: groups as unknown as Api,
    on(event, listener) {
      if (event === 'runs.changed') listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
  return {
    endpoint,
    calls,
    push: (data: unknown) => listeners.forEach((listener) => listener(data as never)),
    listeners,
  }
}

/** Send a bare message and wait for the answer to it. */
function bare(transport: Transport, message: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    const stop = transport.listen((answer) => {
      stop()
      resolve(answer)
    })
    transport.send(message)
  })
}

/** Good arguments of each method. */
const GOOD: { readonly [M in MethodName]: readonly unknown[] } = {
  'app.info': [],
  'app.opened': [],
  'documents.list': [],
  'documents.read': ['Net'],
  'documents.write': ['Net', '{}', '2026-11-24T00:00:00.000Z'],
  'documents.recovered': [],
  'documents.autosave': [['{}', '']],
  'library.list': [],
  'library.read': ['twin'],
  'library.write': ['{}'],
  'library.remove': ['twin'],
  'files.list': [''],
  'data.builtin': [],
  'data.describe': ['builtin', 0.1],
  'devices.list': [],
  'devices.measure': ['{}', DEFAULT_SETTINGS],
  'devices.memory': ['{}', DEFAULT_SETTINGS],
  'engine.facts': [],
  'engine.status': [],
  'engine.install': ['cuda'],
  'engine.cancel': [],
  'engine.remove': ['tensorflow-openmp'],
  'training.start': ['{}', DEFAULT_SETTINGS],
  'training.stop': ['run'],
  'training.resume': ['run', { device: 'onnx-cpu', epochs: 9, learningRate: 0.1 }],
  'training.headWeights': ['run', { main: 1, aux: 0.3 }],
  'runs.list': [],
  'runs.history': ['run', 0],
  'runs.document': ['run'],
  'runs.evaluate': ['run', 'validation'],
  'runs.predict': ['run', ''],
  'runs.remove': ['run'],
  'exports.write': ['run', 'onnx', 'all'],
  'exports.read': ['run', 'tfjs', 'model.json'],
}
const NAMES = Object.keys(METHODS) as MethodName[]

describe('calls', () => {
  it('reach their method with their arguments', async () => {
    const { endpoint, calls } = notedEndpoint()
    const wire = memoryWire()
    serve(endpoint, wire.a)
    const api = connect(wire.b).api as unknown as Record<
      string,
      Record<string, (...args: readonly unknown[]) => unknown>
    >
    for (const name of NAMES) {
      const [group, method] = name.split('.') as [string, string]
      expect(await api[group]![method]!(...GOOD[name])).toBe('done')
    }
    expect(calls).toEqual(NAMES.map((name) => [name, GOOD[name]]))
    console.log(`cases=${NAMES.length}`)
  })

  it('may leave out what is optional', async () => {
    const { endpoint, calls } = notedEndpoint()
    const wire = memoryWire()
    serve(endpoint, wire.a)
    await connect(wire.b).api.documents.write('Net', '{}', undefined)
    expect(calls).toEqual([['documents.write', ['Net', '{}']]])
  })

  it('bring errors across with code, hint and issues', async () => {
    const issue: Issue = { severity: 'error', code: 'graph/cycle', message: 'm', hint: 'h', where: { node: 'a' } }
    const { endpoint } = notedEndpoint((method) => {
      if (method === 'app.info') throw new TypeError('a bug')
      throw new AppError('graph/has-errors', 'message', 'hint', [{ ...issue, fix: { title: 'x', command: (d) => d } }])
    })
    const wire = memoryWire()
    serve(endpoint, wire.a)
    const { api } = connect(wire.b)
    const error: unknown = await api.runs.list().catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(AppError)
    expect({ ...(error as AppError) }).toMatchObject({ code: 'graph/has-errors', hint: 'hint', issues: [issue] })
    await expect(api.app.info()).rejects.toMatchObject({ code: 'internal', message: 'a bug' })
  })

  it('that cannot be sent, or whose answer cannot, are errors of the call and of no other', async () => {
    // No text holds it, as none holds the longest histories.
    const unsendable = { value: 1n }
    const { endpoint } = notedEndpoint((method) => (method === 'runs.list' ? unsendable : 'done'))
    const wire = memoryWire()
    serve(endpoint, wire.a)
    const { api } = connect(wire.b)
    await expect(api.runs.list()).rejects.toMatchObject({ code: 'internal' })
    await expect(api.documents.read(1n as unknown as string)).rejects.toThrow()
    expect(await api.devices.list()).toBe('done')
  })

  it('answer each to its own question', async () => {
    let release: (value: string) => void = () => {}
    const slow = new Promise<string>((resolve) => (release = resolve))
    const { endpoint } = notedEndpoint((method) => (method === 'runs.list' ? slow : method))
    const wire = memoryWire()
    serve(endpoint, wire.a)
    const { api } = connect(wire.b)
    const first = api.runs.list()
    expect(await api.devices.list()).toBe('devices.list')
    release('late')
    expect(await first).toBe('late')
  })
})

describe('refusals', () => {
  /** A value in place of one argument, of another kind than it; no argument is a list of lists. */
  const wrong = fc.oneof(
    fc.constant(null),
    fc.integer({ max: -1 }),
    fc.double({ noInteger: true, min: 2 }),
    fc.object(),
    fc.constant([[]]),
  )

  /** An object without any of its parts is no mistake where every part may be left out. */
  const isNothing = (method: MethodName, value: unknown) =>
    ['training.resume', 'training.headWeights'].includes(method) && JSON.stringify(value) === '{}'

  it('refuse every wrong shape before a service is called', async () => {
    const { endpoint, calls } = notedEndpoint()
    const wire = memoryWire()
    serve(endpoint, wire.a)
    let count = 0
    const withArguments = NAMES.filter((name) => GOOD[name].length > 0)
    const cases = fc.tuple(fc.constantFrom(...withArguments), fc.nat({ max: 2 }), wrong)
    await fc.assert(
      fc.asyncProperty(cases, async ([method, place, value]) => {
        const args = GOOD[method].toSpliced(place % GOOD[method].length, 1, value)
        fc.pre(!isNothing(method, value))
        const answer = await bare(wire.b, { call: 1, method, args })
        expect(answer).toMatchObject({ reply: 1, error: { code: 'input/invalid' } })
        count += 1
      }),
      { numRuns: 500, seed: 4 },
    )
    for (const method of NAMES) {
      const answer = await bare(wire.b, { call: 1, method, args: [...GOOD[method], 'one', 'too', 'many'] })
      expect(answer).toMatchObject({ error: { code: 'input/invalid' } })
      count += 1
    }
    expect(calls).toEqual([])
    console.log(`cases=${count} seed=4`)
  })

  it('know no other methods', async () => {
    const { endpoint, calls } = notedEndpoint()
    const wire = memoryWire()
    serve(endpoint, wire.a)
    const names = ['', 'app', 'app.', 'app.constructor', 'constructor', '__proto__', 'toString', 'documents.list.call']
    for (const method of names) {
      expect(await bare(wire.b, { call: 2, method, args: [] })).toMatchObject({
        reply: 2,
        error: { code: 'input/invalid' },
      })
    }
    expect(calls).toEqual([])
    console.log(`cases=${names.length}`)
  })

  it('pass over messages that are none', async () => {
    const { endpoint, calls } = notedEndpoint()
    const wire = memoryWire()
    serve(endpoint, wire.a)
    const client = connect(wire.b)
    let count = 0
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (message) => {
        wire.b.send(message)
        wire.a.send(message)
        count += 1
      }),
      { numRuns: 500, seed: 4 },
    )
    await client.api.app.info()
    expect(calls).toEqual([['app.info', []]])
    console.log(`cases=${count} seed=4`)
  })
})

describe('pushes', () => {
  it('reach listeners until they stop, and end with the wire', async () => {
    const { endpoint, push, listeners } = notedEndpoint()
    const wire = memoryWire()
    serve(endpoint, wire.a)
    const client = connect(wire.b)
    const seen: unknown[] = []
    const stop = client.on('runs.changed', (run) => seen.push(run))
    push({ id: 'one' })
    await eventually(() => expect(seen).toEqual([{ id: 'one' }]))
    stop()
    push({ id: 'two' })
    await client.api.app.info()
    expect(seen).toEqual([{ id: 'one' }])
    wire.close()
    await client.closed
    expect(listeners.size).toBe(0)
  })
})
