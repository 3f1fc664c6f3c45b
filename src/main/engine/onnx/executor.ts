import type { Analysis } from '../../../shared/graph/graph.js'
import { stateOf, type StateEntry } from '../../../shared/program/state.js'
import type { StepKind } from '../../../shared/program/request.js'
import type { OptimizerName, StepRules } from '../../../shared/training/settings.js'
import type { Executor, Feeds, StepResult, TensorMap } from '../executor.js'
import { checkState } from '../check-state.js'
import { batchOf, inputValues, resultOf } from '../feeds.js'
import { optimize } from '../step/optimize.js'
import type { Step } from '../step/step.js'
import { trace } from '../trace/trace.js'
import { emitStep, type OnnxStep } from './emit.js'
import { Packing } from './packing.js'
import type { Runner } from './runner.js'
import type { OnnxDevice } from './runtime.js'
import { createRunner } from './thread-runner.js'

/** What an executor of ONNX Runtime is made for. */
export interface OnnxOptions {
  readonly device: OnnxDevice
  readonly optimizer: OptimizerName
  /** Of training steps; what is left out is as in `StepRequest`. */
  readonly rules?: Partial<StepRules>
  /** Threads of one operation; missing: as many as there are cores. */
  readonly threads?: number
}

/** A step of one kind and batch size, ready to run: its number at the runner, and what it is fed. */
interface Compiled {
  readonly id: number
  readonly inputs: OnnxStep['inputs']
}

/** Sessions kept of each kind of step: the full batch and the smaller one at the end of a pass over the data. */
const KEPT_PER_KIND = 2

/** Trains and runs a net with ONNX Runtime. One call at a time. */
export class OnnxExecutor implements Executor {
  private readonly entries: readonly StateEntry[]
  private readonly packing: Packing
  private readonly runner: Runner
  private readonly compiled = new Map<StepKind, Map<number, Promise<Compiled>>>()
  private opened = 0

  constructor(
    private readonly analysis: Analysis,
    private readonly options: OnnxOptions,
  ) {
    const { device, optimizer, rules, threads } = options
    this.entries = stateOf(analysis, optimizer, rules)
    this.packing = new Packing(this.entries, splitsFinely(device))
    this.runner = createRunner({ device, entries: this.packing.entries, ...(threads !== undefined && { threads }) })
  }

  async run(kind: StepKind, feeds: Feeds): Promise<StepResult> {
    const { id, inputs } = await this.compile(kind, batchOf(feeds, this.analysis))
    return resultOf(await this.runner.run(id, inputValues(inputs, feeds, this.analysis)))
  }

  setState(state: TensorMap) {
    checkState(this.entries, state)
    // Calls are made in their order, and a thread that is gone is the error of the next one too.
    this.runner.setState(this.packing.pack(state)).catch(() => undefined)
  }

  async getState(): Promise<TensorMap> {
    return this.packing.unpack(await this.runner.getState())
  }

  async dispose() {
    const made = [...this.compiled.values()].flatMap((sessions) => [...sessions.values()])
    await Promise.allSettled(made)
    await this.runner.dispose()
  }

  private compile(kind: StepKind, batch: number): Promise<Compiled> {
    const sessions = this.compiled.get(kind) ?? new Map<number, Promise<Compiled>>()
    this.compiled.set(kind, sessions)
    const known = sessions.get(batch)
    if (known) return known
    for (const [oldest, compiled] of [...sessions].slice(0, Math.max(0, sessions.size - KEPT_PER_KIND + 1))) {
      sessions.delete(oldest)
      void compiled.then(({ id }) => this.runner.close(id))
    }
    const made = this.open(kind, batch)
    sessions.set(batch, made)
    // A net that cannot be compiled is reported by every call, and leaves nothing to release.
    made.catch(() => sessions.delete(batch))
    return made
  }

  private async open(kind: StepKind, batch: number): Promise<Compiled> {
    // The runner's thread loads the library while the step is traced in this one.
    const [block, traced] = await Promise.all([this.runner.block(), this.traced(kind, batch)])
    const step = emitStep(traced, { block })
    const id = this.opened++
    await this.runner.open(id, step)
    return { id, inputs: step.inputs }
  }

  /** A promise, so that a net that cannot be traced is an error like any other. */
  private async traced(kind: StepKind, batch: number): Promise<Step> {
    const { optimizer, rules = {} } = this.options
    return this.packing.step(optimize(trace({ kind, analysis: this.analysis, optimizer, batch, rules })))
  }
}

/** True where an operator can have hundreds of outputs: a shader of a graphics card can write to eight. */
function splitsFinely(device: OnnxDevice): boolean {
  return device === 'onnx-cpu' || device === 'onnx-wasm'
}
