import { outOfMemory } from '../out-of-memory.js'
import { count, type DType, type Spec } from '../step/step.js'
import { workerLost } from '../cluster.js'
import type { CApi, Pointer } from './c-api.js'
import { lacks } from './version.js'
import { configBytes, TF_TYPE, type SessionConfig } from './graph-def.js'

/** A value to feed: `port` is the name of a placeholder. */
export interface Fed extends Spec {
  readonly port: string
  readonly values: Float32Array | Int32Array
}

/** A value to fetch: `port` is `operation` or `operation:1`. */
export interface Fetched {
  readonly port: string
  readonly dtype: DType
}

interface Output {
  readonly operation: Pointer
  readonly index: number
}

/** Codes of tsl/protobuf/error_codes.proto. */
const OUT_OF_MEMORY = 8
/** Deadline exceeded, aborted, internal, unavailable: what a cluster without one of its workers answers. */
const LOST: readonly number[] = [4, 10, 13, 14]

/** How a library says that it does not know an operation, which came later than it. */
const LACKING = /Op type not registered '(\w+)'/

/** A graph that grows, and a session that runs it; one call at a time. Every native object has its owner here. */
export class TfSession {
  private readonly status: Pointer
  private readonly graph: Pointer
  private readonly session: Pointer
  private readonly operations = new Map<string, Pointer>()
  private open = true

  constructor(
    private readonly api: CApi,
    private readonly config: SessionConfig,
  ) {
    this.status = api.call('newStatus') as Pointer
    this.graph = api.call('newGraph') as Pointer
    const options = api.call('newSessionOptions') as Pointer
    // OpenMP gives every thread that computes an operation its own team: two operations at a time would have twice the threads.
    const bytes = configBytes({ ...config, ...(api.openMp && { operations: 1 }) })
    api.call('setConfig', options, bytes, bytes.length, this.status)
    this.check()
    if (config.leader !== undefined) api.call('setTarget', options, `grpc://${config.leader}`)
    this.session = api.call('newSession', this.graph, options, this.status) as Pointer
    api.call('deleteSessionOptions', options)
    this.check()
  }

  /** Add operations (the bytes of a GraphDef). */
  add(bytes: Uint8Array) {
    const { api } = this
    const buffer = api.call('newBuffer', bytes, bytes.length)
    const options = api.call('newImportOptions')
    api.call('importGraph', this.graph, buffer, options, this.status)
    api.call('deleteImportOptions', options)
    api.call('deleteBuffer', buffer)
    this.check()
  }

  /** Devices it can compute on: their kind, `CPU` or `GPU`, and the bytes they may take. */
  devices(): { readonly kind: string; readonly memory: number }[] {
    const { api } = this
    const list = api.call('listDevices', this.session, this.status)
    this.check()
    const found = Array.from({ length: api.call('deviceCount', list) as number }, (_, i) => ({
      kind: api.call('deviceType', list, i, this.status) as string,
      memory: Number(api.call('deviceMemory', list, i, this.status)),
    }))
    api.call('deleteDevices', list)
    return found
  }

  /** Feed, compute on other threads, fetch; `targets` are operations to run for what they change. */
  async run(feeds: readonly Fed[], fetches: readonly Fetched[], targets: readonly string[] = []) {
    const call = this.prepare(feeds, fetches, targets)
    try {
      await this.api.callAsync('run', ...call.args)
      return this.results(call.results, fetches)
    } finally {
      call.free()
    }
  }

  /** The same at once, for what is quick. */
  runSync(feeds: readonly Fed[], fetches: readonly Fetched[], targets: readonly string[] = []) {
    const call = this.prepare(feeds, fetches, targets)
    try {
      this.api.call('run', ...call.args)
      return this.results(call.results, fetches)
    } finally {
      call.free()
    }
  }

  dispose() {
    if (!this.open) return
    this.open = false
    const { api, session, status } = this
    api.call('closeSession', session, status)
    api.call('deleteSession', session, status)
    api.call('deleteGraph', this.graph)
    api.call('deleteStatus', status)
  }

  private prepare(feeds: readonly Fed[], fetches: readonly Fetched[], targets: readonly string[]) {
    const { api } = this
    const inputs = feeds.map(({ port }) => this.output(port))
    const outputs = fetches.map(({ port }) => this.output(port))
    const operations = targets.map((name) => this.operation(name))
    const tensors = feeds.map((fed) => this.tensor(fed))
    const results: (Pointer | null)[] = fetches.map(() => null)
    const [ins, outs] = [
      [inputs, tensors, tensors.length],
      [outputs, results, results.length],
    ]
    const args = [this.session, null, ...ins, ...outs, operations, operations.length, null, this.status]
    return { args, results, free: () => tensors.forEach((tensor) => api.call('deleteTensor', tensor)) }
  }

  /** Copies of what a run made; its own tensors go at once. */
  private results(pointers: readonly (Pointer | null)[], fetches: readonly Fetched[]): (Float32Array | Int32Array)[] {
    this.check()
    return pointers.map((tensor, i) => {
      const length = Number(this.api.call('byteSize', tensor)) / 4
      const data = this.api.call('data', tensor) as Pointer
      const read = fetches[i]?.dtype === 'int32' ? this.api.readInts : this.api.readFloats
      const values = length === 0 ? new Float32Array(0) : read(data, length)
      this.api.call('deleteTensor', tensor)
      return values
    })
  }

  private tensor({ port, shape, dtype, values }: Fed): Pointer {
    const sizes = BigInt64Array.from(shape, BigInt)
    const bytes = 4 * count(shape)
    const tensor = this.api.call('newTensor', TF_TYPE[dtype], sizes, shape.length, bytes) as Pointer | null
    if (tensor === null) throw outOfMemory(`There is no memory for the ${bytes} bytes of ${port}`, '')
    this.api.write(this.api.call('data', tensor) as Pointer, values)
    return tensor
  }

  private output(port: string): Output {
    const [name = '', index = '0'] = port.split(':')
    return { operation: this.operation(name), index: Number(index) }
  }

  private operation(name: string): Pointer {
    const known = this.operations.get(name)
    if (known !== undefined) return known
    const found = this.api.call('operation', this.graph, name) as Pointer | null
    if (found === null) throw new Error(`The graph has no operation ${name}.`)
    this.operations.set(name, found)
    return found
  }

  private check() {
    const code = this.api.call('code', this.status) as number
    if (code === 0) return
    const message = this.api.call('message', this.status) as string
    if (code === OUT_OF_MEMORY) throw outOfMemory('The memory is not enough for this step', message)
    if (this.config.leader !== undefined && LOST.includes(code)) throw workerLost(message)
    const lacking = LACKING.exec(message)?.[1]
    if (lacking !== undefined) throw lacks(this.api.call('version') as string, `the operation ${lacking}`)
    throw new Error(`TensorFlow reports error ${code}: ${message}`)
  }
}
