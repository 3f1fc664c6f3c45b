import { Tensor } from 'onnxruntime-node'
import type { StateEntry } from '../../../shared/program/state.js'
import { checkState } from '../check-state.js'
import type { TensorMap } from '../executor.js'
import { count } from '../step/step.js'
import { stateLayout } from './emit.js'
import { permute, storedShape } from './layout.js'

/** One state tensor as it is stored, and a second buffer of its size that the next step writes into. */
interface Slot {
  readonly entry: StateEntry
  current: Tensor
  spare: Tensor
}

/** The state of an executor: read by one run while its successor is written, then exchanged. */
export class StateStore {
  private readonly slots: ReadonlyMap<string, Slot>

  constructor(private readonly entries: readonly StateEntry[]) {
    this.slots = new Map(entries.map((entry) => [entry.name, { entry, current: empty(entry), spare: empty(entry) }]))
  }

  /** What a run reads. */
  current(name: string): Tensor {
    return this.slot(name).current
  }

  /** Where a run writes the next value. */
  spare(name: string): Tensor {
    return this.slot(name).spare
  }

  /** The written value becomes the current one. */
  exchange(name: string) {
    const slot = this.slot(name)
    const { current, spare } = slot
    slot.current = spare
    slot.spare = current
  }

  /** Replace everything; slots of the optimizer that are left out become zero. */
  set(state: TensorMap) {
    checkState(this.entries, state)
    for (const slot of this.slots.values()) {
      const given = state.get(slot.entry.name)
      const values = given && permute(given.data, slot.entry.shape, stateLayout(slot.entry.shape), 'store')
      const data = slot.current.data as Float32Array
      if (values) data.set(values)
      else data.fill(0)
    }
  }

  /** Copies of everything, in the step's order. */
  get(): TensorMap {
    return new Map(
      [...this.slots.values()].map(({ entry: { name, shape }, current }) => {
        const data = permute(current.data as Float32Array, shape, stateLayout(shape), 'load')
        return [name, { shape, data }]
      }),
    )
  }

  private slot(name: string): Slot {
    return this.slots.get(name) as Slot
  }
}

function empty({ shape }: StateEntry): Tensor {
  const zeros = new Float32Array(count(shape))
  return new Tensor('float32', zeros, storedShape(shape, stateLayout(shape)))
}
