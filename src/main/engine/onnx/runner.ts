import type { InferenceSession, Tensor } from 'onnxruntime-node'
import type { StateEntry } from '../../../shared/program/state.js'
import type { TensorMap } from '../executor.js'
import type { InputValues } from '../feeds.js'
import { blockSize } from './block-size.js'
import { DeviceState } from './device-state.js'
import type { OnnxStep } from './emit.js'
import { loadRuntime, type OnnxDevice } from './runtime.js'
import { openSession } from './session.js'
import { HostState, type OnnxState } from './state.js'

/** Where steps run, and what they run over. */
export interface RunnerOptions {
  readonly device: OnnxDevice
  readonly entries: readonly StateEntry[]
  /** Threads of one operation; missing: as many as there are cores. */
  readonly threads?: number
}

/** Values of each output of a step, by its name in the step. */
export type Outputs = ReadonlyMap<string, Float32Array>

/**
 * Sessions over one state: the part of an executor that talks to the library, in this thread or in another. All that goes in and
 * out can be sent between threads. One call at a time.
 */
export interface Runner {
  /** Channels in a block of images that the device computes fastest with; 1 if it knows no blocks. */
  block(): Promise<number>
  /** Open a step under a number of the caller's. */
  open(id: number, step: OnnxStep): Promise<void>
  /** A step that fails, or whose loss is not finite, leaves the state as it was. */
  run(id: number, inputs: readonly InputValues[]): Promise<Outputs>
  close(id: number): Promise<void>
  /** Whole and of the right shapes: the caller has checked it. */
  setState(state: TensorMap): Promise<void>
  getState(): Promise<TensorMap>
  dispose(): Promise<void>
}

interface Opened {
  readonly step: OnnxStep
  readonly session: InferenceSession
}

/** Runs steps in the thread that calls it, which the library holds meanwhile. */
export class LocalRunner implements Runner {
  private readonly state: OnnxState
  private readonly opened = new Map<number, Opened>()

  constructor(private readonly options: RunnerOptions) {
    const { device, entries } = options
    // WebAssembly has a memory of its own, which it copies from and to; every other provider writes where it is told.
    this.state = staysOn(device) ? new DeviceState(entries, device) : new HostState(entries, device !== 'onnx-wasm')
  }

  block(): Promise<number> {
    // Only its own provider for processors has blocked images.
    return this.options.device === 'onnx-cpu' ? blockSize() : Promise.resolve(1)
  }

  async open(id: number, step: OnnxStep) {
    const { device, threads } = this.options
    const outputs = step.state.flatMap(({ output }) => (output === undefined ? [] : [output]))
    const session = await openSession(step.bytes, {
      device,
      kept: staysOn(device) ? outputs : [],
      onHost: step.extended,
      ...(threads !== undefined && { threads }),
    })
    this.opened.set(id, { step, session })
  }

  async run(id: number, values: readonly InputValues[]): Promise<Outputs> {
    const { step, session } = this.opened.get(id) as Opened
    const runtime = await loadRuntime(this.options.device)
    const { inputs, fetches } = this.state.bind(step, runtime)
    for (const { name, dtype, shape, values: data } of values) inputs[name] = new runtime.Tensor(dtype, data, shape)
    for (const output of Object.values(step.outputs)) fetches[output] = null
    const results = (await session.run(inputs, fetches)) as Record<string, Tensor>
    const outputs = new Map(
      Object.entries(step.outputs).map(([name, output]) => [name, results[output]?.data as Float32Array]),
    )
    const loss = outputs.get('loss')?.[0]
    if (loss === undefined || Number.isFinite(loss)) this.state.take(step.state, results)
    else this.state.drop(step.state, results)
    return outputs
  }

  async close(id: number) {
    const session = this.opened.get(id)?.session
    this.opened.delete(id)
    await session?.release()
  }

  setState(state: TensorMap): Promise<void> {
    this.state.set(state)
    return Promise.resolve()
  }

  getState(): Promise<TensorMap> {
    return this.state.get()
  }

  async dispose() {
    // Tensors on a device go before the sessions that made them: the other way round the library crashes.
    await this.state.dispose()
    for (const id of [...this.opened.keys()]) await this.close(id)
  }
}

/** True for devices whose memory the package can bind state to; on others state goes there and back at every step. */
function staysOn(device: OnnxDevice): boolean {
  return device === 'onnx-webgpu'
}
