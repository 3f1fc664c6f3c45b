import type { Tensor, TypedTensor } from 'onnxruntime-node'
import type { StateEntry } from '../../../shared/program/state.js'
import { checkState } from '../check-state.js'
import type { TensorMap } from '../executor.js'
import { count } from '../step/step.js'
import { stateLayout, type StateBinding } from './emit.js'
import { permute, storedShape } from './layout.js'
import type { OnnxRuntime } from './runtime.js'

/** What a run is fed, and where it may write its results; `null` leaves that to the runtime. */
export interface Bound {
  readonly inputs: Record<string, Tensor>
  readonly fetches: Record<string, Tensor | null>
}

/** The state of an executor: read by one run, which writes its successor. */
export interface OnnxState {
  /** Inputs and outputs of a run for the state that a step has. */
  bind(bindings: readonly StateBinding[], runtime: OnnxRuntime): Bound
  /** After a run that went well: what it wrote is the state now. */
  take(bindings: readonly StateBinding[], results: Readonly<Record<string, Tensor>>): void
  /** After a run whose results are not wanted: the state stays as it was. */
  drop(bindings: readonly StateBinding[], results: Readonly<Record<string, Tensor>>): void
  /** Replace everything; slots of the optimizer that are left out become zero. */
  set(state: TensorMap): void
  /** Copies of everything, in the step's order. */
  get(): Promise<TensorMap>
  /** Give back what lies on a device. */
  dispose(): Promise<void>
}

/** One state tensor as it is stored, and a second buffer of its size that the next step writes into. */
interface Slot {
  readonly entry: StateEntry
  readonly shape: readonly number[]
  current: Float32Array
  spare: Float32Array
}

/** State in host memory: two buffers each, exchanged after every step, so that nothing is allocated per step. */
export class HostState implements OnnxState {
  private readonly slots: ReadonlyMap<string, Slot>

  /** `inPlace`: the runtime writes into buffers that it is given. */
  constructor(
    private readonly entries: readonly StateEntry[],
    private readonly inPlace: boolean,
  ) {
    this.slots = new Map(entries.map((entry) => [entry.name, slotOf(entry, inPlace)]))
  }

  bind(bindings: readonly StateBinding[], { Tensor }: OnnxRuntime): Bound {
    const bound: Bound = { inputs: {}, fetches: {} }
    for (const { name, input, output } of bindings) {
      const { current, spare, shape } = this.slot(name)
      bound.inputs[input] = new Tensor('float32', current, shape)
      if (output !== undefined) bound.fetches[output] = this.inPlace ? new Tensor('float32', spare, shape) : null
    }
    return bound
  }

  take(bindings: readonly StateBinding[], results: Readonly<Record<string, Tensor>>) {
    for (const { name, output } of bindings) {
      if (output === undefined) continue
      const slot = this.slot(name)
      const written = (results[output] as TypedTensor<'float32'>).data as Float32Array
      if (this.inPlace) slot.spare = slot.current
      slot.current = written
    }
  }

  drop() {
    // The next run writes over what this one wrote.
  }

  set(state: TensorMap) {
    checkState(this.entries, state)
    for (const slot of this.slots.values()) slot.current = storedValues(slot.entry, state)
  }

  get(): Promise<TensorMap> {
    const loaded = [...this.slots].map(([name, { entry, current }]) => [name, loadedTensor(entry, current)] as const)
    return Promise.resolve(new Map(loaded))
  }

  dispose() {
    return Promise.resolve()
  }

  private slot(name: string): Slot {
    return this.slots.get(name) as Slot
  }
}

/** The value of an entry in the layout of the model, a copy; zeros for one that is not given. */
export function storedValues({ name, shape }: StateEntry, state: TensorMap): Float32Array {
  const given = state.get(name)
  return given ? permute(given.data, shape, stateLayout(shape), 'store') : new Float32Array(count(shape))
}

/** The reverse of `storedValues`. */
export function loadedTensor({ shape }: StateEntry, values: Float32Array) {
  return { shape, data: permute(values, shape, stateLayout(shape), 'load') }
}

function slotOf(entry: StateEntry, inPlace: boolean): Slot {
  const size = count(entry.shape)
  return {
    entry,
    shape: storedShape(entry.shape, stateLayout(entry.shape)),
    current: new Float32Array(size),
    spare: new Float32Array(inPlace ? size : 0),
  }
}
