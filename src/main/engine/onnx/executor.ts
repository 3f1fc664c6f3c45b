import { Tensor, type InferenceSession } from 'onnxruntime-node'
import type { Analysis } from '../../../shared/graph/graph.js'
import { stateOf } from '../../../shared/program/state.js'
import type { OptimizerName, Regularization } from '../../../shared/training/settings.js'
import type { Executor, Feeds, StepKind, StepResult, TensorMap } from '../executor.js'
import { batchOf, inputValues, resultOf } from '../feeds.js'
import { optimize } from '../step/optimize.js'
import { trace } from '../trace/trace.js'
import { emitStep, type OnnxStep } from './emit.js'
import { openSession } from './session.js'
import { StateStore } from './state.js'

/** A step of one kind and batch size, ready to run. */
interface Compiled {
  readonly step: OnnxStep
  readonly session: InferenceSession
}

/** Sessions kept of each kind of step: the full batch and the smaller one at the end of a pass over the data. */
const KEPT_PER_KIND = 2

/** Trains and runs a net on the CPU with ONNX Runtime. One call at a time. */
export class OnnxExecutor implements Executor {
  readonly device = 'onnx-cpu'
  private readonly state: StateStore
  private readonly compiled: Record<StepKind, Map<number, Promise<Compiled>>> = {
    train: new Map(),
    evaluate: new Map(),
    predict: new Map(),
  }

  constructor(
    private readonly analysis: Analysis,
    private readonly optimizer: OptimizerName,
    private readonly rules: Partial<Regularization> = {},
  ) {
    this.state = new StateStore(stateOf(analysis, optimizer))
  }

  async run(kind: StepKind, feeds: Feeds): Promise<StepResult> {
    const batch = batchOf(feeds, this.analysis)
    const { step, session } = await this.compile(kind, batch)
    const inputs: Record<string, Tensor> = {}
    for (const { name, dtype, shape, values } of inputValues(step.inputs, feeds, this.analysis)) {
      inputs[name] = new Tensor(dtype, values, shape)
    }
    const fetches: Record<string, Tensor | null> = {}
    for (const output of Object.values(step.outputs)) fetches[output] = null
    for (const { name, input, output } of step.state) {
      inputs[input] = this.state.current(name)
      if (output !== undefined) fetches[output] = this.state.spare(name)
    }
    const results = await session.run(inputs, fetches)
    for (const { name, output } of step.state) if (output !== undefined) this.state.exchange(name)
    return resultOf(
      new Map(Object.entries(step.outputs).map(([name, output]) => [name, results[output]?.data as Float32Array])),
    )
  }

  setState(state: TensorMap) {
    this.state.set(state)
  }

  getState(): TensorMap {
    return this.state.get()
  }

  async dispose() {
    for (const sessions of Object.values(this.compiled)) {
      for (const compiled of sessions.values()) await (await compiled).session.release()
      sessions.clear()
    }
  }

  private compile(kind: StepKind, batch: number): Promise<Compiled> {
    const sessions = this.compiled[kind]
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
    const { analysis, optimizer, rules } = this
    const step = emitStep(optimize(trace({ kind, analysis, optimizer, batch, rules })))
    return { step, session: await openSession(step.bytes) }
  }
}
