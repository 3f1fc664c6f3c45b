import type { Api, EventName, Events, Transport } from '../api.js'
import { AppError, errorData, fromErrorData, type ErrorData } from '../errors.js'
import { checkArguments, isMethod, METHODS, type MethodName } from './methods.js'

/** What one end offers and the other sees: calls, and pushes to listen to. */
export interface Endpoint {
  readonly api: Api
  /** Listen to a push; returns the function that stops listening. */
  on<E extends EventName>(event: E, listener: (data: Events[E]) => void): () => void
}

/** The far end of a wire as an `Endpoint`. */
export interface Client extends Endpoint {
  /** Resolves when the wire closes; calls that were open reject with `host/closed`, as do later ones. */
  readonly closed: Promise<void>
}

interface Request {
  readonly call: number
  readonly method: string
  readonly args: readonly unknown[]
}

type Reply =
  { readonly reply: number; readonly result?: unknown } | { readonly reply: number; readonly error: ErrorData }

interface Push {
  readonly event: string
  readonly data: unknown
}

const EVENTS: { readonly [E in EventName]: true } = {
  'training.events': true,
  'runs.changed': true,
  'app.asked': true,
  'engine.changed': true,
}

/** Answer the calls that arrive on a transport and push every event; returns the function that ends it. */
export function serve(endpoint: Endpoint, transport: Transport): () => void {
  const stops = (Object.keys(EVENTS) as EventName[]).map((event) =>
    endpoint.on(event, (data) => transport.send({ event, data } satisfies Push)),
  )
  stops.push(
    transport.listen((message) => {
      if (!isRequest(message)) return
      void answer(endpoint.api, message).then((reply) => deliver(reply, transport))
    }),
  )
  const stop = () => stops.splice(0).forEach((end) => end())
  void transport.closed?.then(stop)
  return stop
}

async function answer(api: Api, { call, method, args }: Request): Promise<Reply> {
  try {
    if (!isMethod(method)) {
      throw new AppError('input/invalid', `There is no method ${method.slice(0, 80)}.`, 'Reload the window.')
    }
    return { reply: call, result: await invoke(api, method, checkArguments(method, args)) }
  } catch (error) {
    return { reply: call, error: errorData(error) }
  }
}

/** What cannot be sent, an answer longer than a text can be above all, becomes an error of its call. */
function deliver(reply: Reply, transport: Transport): void {
  try {
    transport.send(reply)
  } catch (error) {
    transport.send({ reply: reply.reply, error: errorData(error) } satisfies Reply)
  }
}

function invoke(api: Api, method: MethodName, args: readonly unknown[]): unknown {
  const [group, name] = method.split('.') as [keyof Api, string]
  const methods = api[group] as unknown as Record<string, (...values: readonly unknown[]) => unknown>
  return methods[name]!(...args)
}

/** Call the far end of a transport as if it were here. */
export function connect(transport: Transport): Client {
  const open = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const listeners = new Map<string, Set<(data: never) => void>>()
  let calls = 0
  let over = false

  const stop = transport.listen((message) => {
    if (isReply(message)) {
      const waiting = open.get(message.reply)
      open.delete(message.reply)
      if ('error' in message) waiting?.reject(fromErrorData(message.error))
      else waiting?.resolve(message.result)
    } else if (isPush(message)) {
      listeners.get(message.event)?.forEach((listener) => listener(message.data as never))
    }
  })

  const closed = (transport.closed ?? new Promise<void>(() => {})).then(() => {
    over = true
    stop()
    for (const waiting of open.values()) waiting.reject(closedError())
    open.clear()
  })

  function call(method: MethodName, args: readonly unknown[]): Promise<unknown> {
    if (over) return Promise.reject(closedError())
    return new Promise((resolve, reject) => {
      calls += 1
      transport.send({ call: calls, method, args: withoutTrailingUndefined(args) } satisfies Request)
      // After it: answers come in a later turn, and a call that cannot be sent waits for none.
      open.set(calls, { resolve, reject })
    })
  }

  return {
    api: proxyApi(call),
    on(event, listener) {
      const set = listeners.get(event) ?? new Set()
      listeners.set(event, set.add(listener))
      return () => void set.delete(listener)
    },
    closed,
  }
}

function proxyApi(call: (method: MethodName, args: readonly unknown[]) => Promise<unknown>): Api {
  const api: Record<string, Record<string, unknown>> = {}
  for (const method of Object.keys(METHODS) as MethodName[]) {
    const [group, name] = method.split('.') as [string, string]
    api[group] = { ...api[group], [name]: (...args: readonly unknown[]) => call(method, args) }
  }
  return api as unknown as Api
}

function closedError(): AppError {
  return new AppError('host/closed', 'The connection to Netwright has closed.', 'Start Netwright again and reload.')
}

/** JSON would turn a missing last argument into `null`. */
function withoutTrailingUndefined(args: readonly unknown[]): readonly unknown[] {
  let end = args.length
  while (end > 0 && args[end - 1] === undefined) end -= 1
  return args.slice(0, end)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function isRequest(message: unknown): message is Request {
  return (
    isRecord(message) &&
    typeof message['call'] === 'number' &&
    typeof message['method'] === 'string' &&
    Array.isArray(message['args'])
  )
}

function isReply(message: unknown): message is Reply {
  return isRecord(message) && typeof message['reply'] === 'number'
}

function isPush(message: unknown): message is Push {
  return isRecord(message) && typeof message['event'] === 'string'
}
