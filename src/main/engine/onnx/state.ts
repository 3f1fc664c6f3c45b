import type { Tensor, TypedTensor } from 'onnxruntime-node'
import type { StateEntry } from '../../../shared/program/state.js'
import type { TensorMap } from '../executor.js'
import { count } from '../step/step.js'
import { stateLayout, type OnnxStep, type StateBinding } from './emit.js'
import type { Layout } from './emitter.js'
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
  bind(step: OnnxStep, runtime: OnnxRuntime): Bound
  /** After a run that went well: what it wrote is the state now. */
  take(bindings: readonly StateBinding[], results: Readonly<Record<string, Tensor>>): void
  /** After a run whose results are not wanted: the state stays as it was. */
  drop(bindings: readonly StateBinding[], results: Readonly<Record<string, Tensor>>): void
  /** Replace everything by what `checkState` has seen; slots of the optimizer that are left out become zero. */
  set(state: TensorMap): void
  /** Copies of everything, in the step's order. */
  get(): Promise<TensorMap>
  /** Give back what lies on a device. */
  dispose(): Promise<void>
}

/** One state tensor as it is stored, and a second buffer of its size that the next step writes into. */
interface Slot {
  readonly entry: StateEntry
  current: Float32Array
  spare: Float32Array
}

/** State in host memory: two buffers each, exchanged after every step, so that nothing is allocated per step. */
export class HostState implements OnnxState {
  private readonly slots: ReadonlyMap<string, Slot>
  /** Filters stay in the step's order until a model wants them otherwise. */
  private inStepOrder = true

  /** `inPlace`: the runtime writes into buffers that it is given. */
  constructor(
    private readonly entries: readonly StateEntry[],
    private readonly inPlace: boolean,
  ) {
    this.slots = new Map(entries.map((entry) => [entry.name, slotOf(entry, inPlace)]))
  }

  bind({ state, block }: OnnxStep, { Tensor }: OnnxRuntime): Bound {
    this.arrange(block)
    const bound: Bound = { inputs: {}, fetches: {} }
    for (const { name, input, output } of state) {
      const { entry, current, spare } = this.slot(name)
      const shape = storedShape(entry.shape, stateLayout(entry.shape, block))
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
    for (const slot of this.slots.values()) slot.current = storedValues(slot.entry, state, this.layout(slot))
  }

  get(): Promise<TensorMap> {
    const loaded = [...this.slots].map(([name, slot]) => {
      return [name, loadedTensor(slot.entry, slot.current, this.layout(slot))] as const
    })
    return Promise.resolve(new Map(loaded))
  }

  dispose() {
    return Promise.resolve()
  }

  /** Bring everything into the order that models with blocks of this size want; they do not change from step to step. */
  private arrange(block: number) {
    if (block > 1 || !this.inStepOrder) return
    this.inStepOrder = false
    for (const slot of this.slots.values())
      slot.current = permute(slot.current, slot.entry.shape, this.layout(slot), 'store')
  }

  private layout({ entry: { shape } }: Slot): Layout {
    return this.inStepOrder ? 'plain' : stateLayout(shape)
  }

  private slot(name: string): Slot {
    return this.slots.get(name) as Slot
  }
}

/** The value of an entry in a layout, a copy; zeros for one that is not given. */
export function storedValues(
  { name, shape }: StateEntry,
  state: TensorMap,
  layout: Layout = stateLayout(shape),
): Float32Array {
  const given = state.get(name)
  return given ? permute(given.data, shape, layout, 'store') : new Float32Array(count(shape))
}

/** The reverse of `storedValues`. */
export function loadedTensor({ shape }: StateEntry, values: Float32Array, layout: Layout = stateLayout(shape)) {
  return { shape, data: permute(values, shape, layout, 'load') }
}

function slotOf(entry: StateEntry, inPlace: boolean): Slot {
  const size = count(entry.shape)
  return {
    entry,
    current: new Float32Array(size),
    spare: new Float32Array(inPlace ? size : 0),
  }
}
