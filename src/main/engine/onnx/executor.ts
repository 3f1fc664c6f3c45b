import type { InferenceSession, Tensor } from 'onnxruntime-node'
import type { Analysis } from '../../../shared/graph/graph.js'
import { stateOf } from '../../../shared/program/state.js'
import type { StepKind } from '../../../shared/program/request.js'
import type { OptimizerName, StepRules } from '../../../shared/training/settings.js'
import type { Executor, Feeds, StepResult, TensorMap } from '../executor.js'
import { batchOf, inputValues, resultOf } from '../feeds.js'
import { optimize } from '../step/optimize.js'
import { trace } from '../trace/trace.js'
import { DeviceState } from './device-state.js'
import { blockSize } from './block-size.js'
import { emitStep, type OnnxStep } from './emit.js'
import { loadRuntime, type OnnxDevice } from './runtime.js'
import { openSession } from './session.js'
import { HostState, type OnnxState } from './state.js'

export interface OnnxOptions {
  readonly device: OnnxDevice
  readonly optimizer: OptimizerName
  /** Of training steps; what is left out is as in `StepRequest`. */
  readonly rules?: Partial<StepRules>
  /** Threads of one operation; missing: as many as there are cores. */
  readonly threads?: number
}

/** A step of one kind and batch size, ready to run. */
interface Compiled {
  readonly step: OnnxStep
  readonly session: InferenceSession
}

/** Sessions kept of each kind of step: the full batch and the smaller one at the end of a pass over the data. */
const KEPT_PER_KIND = 2

/** Trains and runs a net with ONNX Runtime. One call at a time. */
export class OnnxExecutor implements Executor {
  readonly device: OnnxDevice
  private readonly state: OnnxState
  private readonly compiled = new Map<StepKind, Map<number, Promise<Compiled>>>()

  constructor(
    private readonly analysis: Analysis,
    private readonly options: OnnxOptions,
  ) {
    const { device, optimizer, rules } = options
    this.device = device
    const entries = stateOf(analysis, optimizer, rules)
    // WebAssembly has a memory of its own, which it copies from and to; every other provider writes where it is told.
    this.state = staysOn(device) ? new DeviceState(entries, device) : new HostState(entries, device !== 'onnx-wasm')
  }

  async run(kind: StepKind, feeds: Feeds): Promise<StepResult> {
    const { analysis, device, state } = this
    const runtime = await loadRuntime(device)
    const { step, session } = await this.compile(kind, batchOf(feeds, analysis))
    const { inputs, fetches } = state.bind(step, runtime)
    for (const { name, dtype, shape, values } of inputValues(step.inputs, feeds, analysis)) {
      inputs[name] = new runtime.Tensor(dtype, values, shape)
    }
    for (const output of Object.values(step.outputs)) fetches[output] = null
    const results = (await session.run(inputs, fetches)) as Record<string, Tensor>
    const result = resultOf(
      new Map(Object.entries(step.outputs).map(([name, output]) => [name, results[output]?.data as Float32Array])),
    )
    if (result.loss === undefined || Number.isFinite(result.loss)) state.take(step.state, results)
    else state.drop(step.state, results)
    return result
  }

  setState(state: TensorMap) {
    this.state.set(state)
  }

  getState(): Promise<TensorMap> {
    return this.state.get()
  }

  async dispose() {
    // Tensors on a device go before the sessions that made them: the other way round the library crashes.
    await this.state.dispose()
    for (const sessions of this.compiled.values()) {
      for (const compiled of sessions.values()) await (await compiled).session.release()
      sessions.clear()
    }
  }

  private compile(kind: StepKind, batch: number): Promise<Compiled> {
    const sessions = this.compiled.get(kind) ?? new Map<number, Promise<Compiled>>()
    this.compiled.set(kind, sessions)
    const known = sessions.get(batch)
    if (known) return known
    for (const [oldest, compiled] of [...sessions].slice(0, Math.max(0, sessions.size - KEPT_PER_KIND + 1))) {
      sessions.delete(oldest)
      void compiled.then(({ session }) => session.release())
    }
    const made = this.open(kind, batch)
    sessions.set(batch, made)
    // A net that cannot be compiled is reported by every call, and leaves nothing to release.
    made.catch(() => sessions.delete(batch))
    return made
  }

  private async open(kind: StepKind, batch: number): Promise<Compiled> {
    const { analysis, device } = this
    const { optimizer, rules = {}, threads } = this.options
    // Only its own provider for processors has blocked images.
    const block = device === 'onnx-cpu' ? await blockSize() : 1
    const step = emitStep(optimize(trace({ kind, analysis, optimizer, batch, rules })), { block })
    const outputs = step.state.flatMap(({ output }) => (output === undefined ? [] : [output]))
    const kept = staysOn(device) ? outputs : []
    return {
      step,
      session: await openSession(step.bytes, {
        device,
        kept,
        onHost: step.extended,
        ...(threads !== undefined && { threads }),
      }),
    }
  }
}

/** True for devices whose memory the package can bind state to; on others state goes there and back at every step. */
function staysOn(device: OnnxDevice): boolean {
  return device === 'onnx-webgpu'
}
