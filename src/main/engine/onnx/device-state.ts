import type { InferenceSession, Tensor, TypedTensor } from 'onnxruntime-node'
import type { StateEntry } from '../../../shared/program/state.js'
import type { TensorMap } from '../executor.js'
import { stateLayout, type OnnxStep, type StateBinding } from './emit.js'
import { storedShape } from './layout.js'
import { onnxBytes } from './model.js'
import type { OnnxRuntime } from './runtime.js'
import type { OnnxDevice } from './runtime.js'
import { openSession } from './session.js'
import { loadedTensor, storedValues, type Bound, type OnnxState } from './state.js'

/** Where the current value of a state tensor is: on the device, or in host memory until the next run takes it there. */
type Place = { readonly device: Tensor } | { readonly host: Float32Array }

/**
 * State that stays in the memory of a graphics card from step to step; only `get` brings it back. What a step wrote is given
 * back to the device as soon as the next has read it: the runtime would keep it until JavaScript collects its garbage.
 */
export class DeviceState implements OnnxState {
  private readonly places: Map<string, Place>
  private readonly shapes: ReadonlyMap<string, readonly number[]>
  private reader: Promise<InferenceSession> | undefined

  constructor(
    private readonly entries: readonly StateEntry[],
    private readonly device: OnnxDevice,
  ) {
    this.shapes = new Map(entries.map(({ name, shape }) => [name, storedShape(shape, stateLayout(shape))]))
    this.places = new Map(entries.map((entry) => [entry.name, { host: storedValues(entry, new Map()) }]))
  }

  bind({ state: bindings }: OnnxStep, runtime: OnnxRuntime): Bound {
    const bound: Bound = { inputs: {}, fetches: {} }
    for (const { name, input, output } of bindings) {
      bound.inputs[input] = this.tensor(name, runtime)
      if (output !== undefined) bound.fetches[output] = null
    }
    return bound
  }

  take(bindings: readonly StateBinding[], results: Readonly<Record<string, Tensor>>) {
    for (const { name, output } of bindings)
      if (output !== undefined) this.put(name, { device: results[output] as Tensor })
  }

  drop(bindings: readonly StateBinding[], results: Readonly<Record<string, Tensor>>) {
    for (const { output } of bindings) if (output !== undefined) results[output]?.dispose()
  }

  set(state: TensorMap) {
    for (const entry of this.entries) this.put(entry.name, { host: storedValues(entry, state) })
  }

  async get(): Promise<TensorMap> {
    const read = await this.read()
    return new Map(this.entries.map((entry) => [entry.name, loadedTensor(entry, read(entry.name))]))
  }

  async dispose() {
    for (const { name } of this.entries) this.put(name, { host: new Float32Array(0) })
    await (await this.reader)?.release()
  }

  private tensor(name: string, { Tensor }: OnnxRuntime): Tensor {
    const place = this.places.get(name) as Place
    return 'device' in place ? place.device : new Tensor('float32', place.host, this.shapes.get(name) as number[])
  }

  private put(name: string, place: Place) {
    const old = this.places.get(name)
    this.places.set(name, place)
    if (old && 'device' in old) old.device.dispose()
  }

  /** Copies what lies on the device by a model that does nothing else: the package cannot read a buffer otherwise. */
  private async read(): Promise<(name: string) => Float32Array> {
    const inputs: Record<string, Tensor> = {}
    for (const [name, place] of this.places) if ('device' in place) inputs[name] = place.device
    const names = Object.keys(inputs)
    const results = names.length === 0 ? {} : await (await this.readerOf(names)).run(inputs)
    return (name) => {
      const place = this.places.get(name) as Place
      return 'host' in place ? place.host : ((results[copied(name)] as TypedTensor<'float32'>).data as Float32Array)
    }
  }

  /** The tensors on the device are always the same ones after the first step: one reader is enough. */
  private async readerOf(names: readonly string[]): Promise<InferenceSession> {
    const known = await this.reader
    if (known && known.inputNames.length === names.length) return known
    await known?.release()
    const value = (name: string, as: string) => {
      return { name: as, type: 'float32' as const, shape: this.shapes.get(name) as number[] }
    }
    this.reader = openSession(
      onnxBytes({
        name: 'read',
        nodes: names.map((name) => ({ op: 'Identity', inputs: [name], outputs: [copied(name)] })),
        initializers: [],
        inputs: names.map((name) => value(name, name)),
        outputs: names.map((name) => value(name, copied(name))),
        opsets: { '': 21 },
        irVersion: 10,
      }),
      { device: this.device },
    )
    return this.reader
  }
}

function copied(name: string): string {
  return `copy of ${name}`
}
