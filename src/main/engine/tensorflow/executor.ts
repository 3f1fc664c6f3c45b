import { engineOfDevice, type TensorFlowDevice } from '../../../shared/engine.js'
import type { Analysis } from '../../../shared/graph/graph.js'
import { stateOf } from '../../../shared/program/state.js'
import type { StepKind } from '../../../shared/program/request.js'
import type { OptimizerName, StepRules } from '../../../shared/training/settings.js'
import type { Executor, Feeds, StepResult, TensorMap } from '../executor.js'
import { watchAll, type Watch } from '../cluster.js'
import { batchOf, inputValues, resultOf } from '../feeds.js'
import { optimize } from '../step/optimize.js'
import { trace } from '../trace/trace.js'
import { replicaOf } from '../../../shared/program/replicas.js'
import { openCApi } from './c-api.js'
import { emitStep, type TfStep } from './emit.js'
import { taskName } from './graph-def.js'
import { requireTensorFlow } from './library.js'
import { TfSession } from './session.js'
import { Variables } from './variables.js'

/** What an executor of TensorFlow is made for. */
export interface TensorFlowOptions {
  readonly device: TensorFlowDevice
  readonly optimizer: OptimizerName
  /** Of training steps; what is left out is as in `StepRequest`. */
  readonly rules?: Partial<StepRules>
  /** Threads of one operation; missing: as many as there are cores. The first session of a process decides. */
  readonly threads?: number
  /** Addresses of the workers that share every training batch; the first keeps the state. Missing: this process computes. */
  readonly workers?: readonly string[]
}

/** Trains and runs a net with TensorFlow's C library. One call at a time. */
export class TensorFlowExecutor implements Executor {
  private readonly session: TfSession
  private readonly state: Variables
  private readonly place: (origin: string) => string | undefined
  private readonly watch: Watch | undefined
  private isLost = false
  private readonly steps = new Map<string, TfStep>()

  constructor(
    private readonly analysis: Analysis,
    private readonly options: TensorFlowOptions,
  ) {
    const { device, optimizer, rules, threads, workers = [] } = options
    const entries = stateOf(analysis, optimizer, rules)
    const config = { gpu: device === 'tensorflow-gpu', ...(threads !== undefined && { threads }) }
    const [leader] = workers
    this.place = leader === undefined ? () => undefined : (origin) => taskName(replicaOf(origin))
    this.watch = leader === undefined ? undefined : watchAll(workers)
    const api = openCApi(requireTensorFlow(engineOfDevice(device)))
    this.session = new TfSession(api, { ...config, ...(leader !== undefined && { leader }) })
    this.state = new Variables(this.session, entries, this.place(''))
  }

  async run(kind: StepKind, feeds: Feeds): Promise<StepResult> {
    const step = this.compile(kind, batchOf(feeds, this.analysis))
    const ports = new Map(step.inputs.map(({ name, port }) => [name, port]))
    const values = inputValues(step.inputs, feeds, this.analysis)
    const fed = values.map((value) => ({ ...value, port: ports.get(value.name) as string }))
    const fetches = Object.values(step.outputs).map((port) => ({ port, dtype: 'float32' as const }))
    const results = await this.whileWorkersLive(
      this.session.run(fed, fetches, step.update === undefined ? [] : [step.update]),
    )
    return resultOf(new Map(Object.keys(step.outputs).map((name, i) => [name, results[i] as Float32Array])))
  }

  setState(state: TensorMap) {
    this.state.set(state)
  }

  async getState(): Promise<TensorMap> {
    return this.state.get()
  }

  async dispose() {
    this.watch?.stop()
    // A call that waits for a lost worker never ends, nor does closing its session: the process goes with them.
    if (!this.isLost) this.session.dispose()
  }

  private async whileWorkersLive<T>(result: Promise<T>): Promise<T> {
    if (!this.watch) return result
    // Whatever comes of it after a loss, nobody waits for it.
    result.catch(() => undefined)
    return Promise.race([result, this.watch.lost]).catch((error: unknown) => {
      this.isLost = true
      throw error
    })
  }

  /** Operations can be added to a session, not taken away: each kind and batch size is compiled once and kept. */
  private compile(kind: StepKind, batch: number): TfStep {
    const key = `${kind}-${batch}`
    const known = this.steps.get(key)
    if (known) return known
    const { analysis } = this
    const { optimizer, rules = {}, workers = [] } = this.options
    const replicas = Math.max(1, workers.length)
    const step = emitStep(optimize(trace({ kind, analysis, optimizer, batch, rules, replicas })), key, this.place)
    this.session.add(step.bytes)
    this.steps.set(key, step)
    return step
  }
}
