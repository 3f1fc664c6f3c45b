import type { StateEntry } from '../../../shared/program/state.js'
import type { TensorMap } from '../executor.js'
import { checkState } from '../check-state.js'
import { count } from '../step/step.js'
import { placeholder, variable } from './emit.js'
import { GraphEmitter } from './emitter.js'
import { graphDefBytes } from './graph-def.js'
import type { TfSession } from './session.js'

/** One state tensor with the operations that set and read its variable. */
interface Slot {
  readonly entry: StateEntry
  readonly feed: string
  readonly assign: string
  readonly read: string
}

/** The state of an executor in variables of its session, which every step of the session reads and writes by name. */
export class Variables {
  private readonly slots: readonly Slot[]

  constructor(
    private readonly session: TfSession,
    private readonly entries: readonly StateEntry[],
    place?: string,
  ) {
    const e = new GraphEmitter('state', place)
    this.slots = entries.map((entry) => {
      const spec = { shape: entry.shape, dtype: 'float32' as const }
      const handle = variable(e, entry.name, spec)
      const feed = placeholder(e, spec)
      const dtype = { dtype: { type: spec.dtype } }
      const assign = e.node('AssignVariableOp', [handle, feed], dtype)
      return { entry, feed, assign, read: e.node('ReadVariableOp', [handle], dtype) }
    })
    session.add(graphDefBytes(e.nodes))
    this.write(new Map())
  }

  /** Replace everything; slots of the optimizer that are left out become zero. */
  set(state: TensorMap) {
    checkState(this.entries, state)
    this.write(state)
  }

  /** Copies of everything. */
  get(): TensorMap {
    const fetches = this.slots.map(({ read }) => ({ port: read, dtype: 'float32' as const }))
    const values = fetches.length > 0 ? this.session.runSync([], fetches) : []
    return new Map(
      this.slots.map(({ entry: { name, shape } }, i) => [name, { shape, data: values[i] as Float32Array }]),
    )
  }

  private write(state: TensorMap) {
    const feeds = this.slots.map(({ entry: { name, shape }, feed }) => {
      const values = state.get(name)?.data ?? new Float32Array(count(shape))
      return { port: feed, shape, dtype: 'float32' as const, values }
    })
    const targets = this.slots.map(({ assign }) => assign)
    if (targets.length > 0) this.session.runSync(feeds, [], targets)
  }
}
