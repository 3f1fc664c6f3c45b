import type {
  DataSummary,
  DeviceChoice,
  Evaluation,
  ExportFormat,
  ExportHeads,
  ExportReport,
  Prediction,
  ResumeChange,
} from '../../shared/api.js'
import type { EngineFacts } from '../../shared/engine.js'
import type { ErrorData } from '../../shared/errors.js'
import type { ProbeEvent, TrainingEvent } from '../../shared/training/events.js'
import type { MemoryNeed } from '../../shared/training/memory-need.js'
import type { TrainingSettings } from '../../shared/training/settings.js'
import type { Benchmark } from '../engine/devices/benchmark.js'
import type { RealDevice } from '../engine/devices/catalogue.js'
import type { DeviceFacts } from '../engine/devices/probe.js'

/** One piece of work for a child process: everything native (runtimes, image decoding) happens there. */
export type Job =
  | {
      readonly kind: 'train'
      readonly document: string
      readonly settings: TrainingSettings
      /** The device, where the settings leave it open. */
      readonly chosen?: ChosenDevice
      /** Addresses of workers that share every batch; given by the user at each start, never by a document. */
      readonly workers?: readonly string[]
      readonly weights?: string
      readonly folder?: string
    }
  | {
      readonly kind: 'resume'
      readonly run: string
      readonly change: ResumeChange
      /** As above: those of before are not asked again. */
      readonly workers?: readonly string[]
    }
  | { readonly kind: 'evaluate'; readonly run: string; readonly data?: string; readonly part: 'train' | 'validation' }
  | { readonly kind: 'probe'; readonly run: string }
  | { readonly kind: 'predict'; readonly run: string; readonly source: PredictSource }
  | {
      readonly kind: 'export'
      readonly run?: string
      readonly document?: string
      readonly format: ExportFormat
      readonly heads: ExportHeads
      readonly output: string
    }
  | { readonly kind: 'describe'; readonly data: string; readonly validationShare: number; readonly seed: number }
  | { readonly kind: 'devices' }
  | { readonly kind: 'device'; readonly device: RealDevice }
  | { readonly kind: 'engine'; readonly home: string }
  | {
      readonly kind: 'memory'
      readonly device: RealDevice
      readonly document: string
      readonly settings: TrainingSettings
    }
  /** Serve as one of a cluster until the process is ended. */
  | { readonly kind: 'worker'; readonly cluster: readonly string[]; readonly index: number }
  | {
      readonly kind: 'benchmark'
      readonly device: RealDevice
      readonly document: string
      readonly settings: TrainingSettings
      readonly milliseconds: number
    }

export type ChosenDevice = Pick<DeviceChoice, 'device' | 'reason'>

export type PredictSource =
  | { readonly kind: 'files'; readonly paths: readonly string[] }
  | { readonly kind: 'bytes'; readonly base64: string }
  | { readonly kind: 'data'; readonly spec: string }

/** What each job returns. `train` and `resume` return the run folder's last step. `run` above and `folder` are absolute paths of run folders. */
export interface JobResults {
  readonly train: { readonly step: number }
  readonly resume: { readonly step: number }
  readonly evaluate: Evaluation
  readonly probe: ProbeEvent
  readonly predict: Prediction
  readonly export: ExportReport
  readonly describe: DataSummary
  readonly devices: readonly RealDevice[]
  readonly device: DeviceFacts
  readonly engine: EngineFacts
  readonly benchmark: Benchmark
  readonly memory: MemoryNeed
  readonly worker: never
}

export type JobResult<J extends Job> = JobResults[J['kind']]

/** What a job may use of its process. */
export interface JobContext {
  send(events: readonly TrainingEvent[]): void
  /** True once the parent asked to end after the current step. */
  stopped(): boolean
  /** Head weights that the parent asked for since the last call. */
  wished?(): Readonly<Record<string, number>> | undefined
}

/** Parent to child. */
export type ToTrainer =
  | { readonly type: 'job'; readonly job: Job }
  | { readonly type: 'stop' }
  | { readonly type: 'head-weights'; readonly weights: Readonly<Record<string, number>> }

/** Child to parent. */
export type FromTrainer =
  | { readonly type: 'ready' }
  | { readonly type: 'events'; readonly events: readonly TrainingEvent[] }
  | { readonly type: 'result'; readonly result: JobResults[keyof JobResults] }
  | { readonly type: 'error'; readonly error: ErrorData }

/** Starts a child process for one job; Electron's utilityProcess and Node's fork both implement it. */
export interface Launcher {
  run<J extends Job>(job: J, onEvents?: (events: readonly TrainingEvent[]) => void): RunningJob<JobResult<J>>
}

export interface RunningJob<R> {
  /** Rejects with the child's error, or `trainer/crashed` or `device/out-of-memory` if it died. */
  readonly result: Promise<R>
  /** Ask it to end after the current step. */
  stop(): void
  /** Ask it to weigh the losses of its heads otherwise from the next step on. */
  weigh(weights: Readonly<Record<string, number>>): void
  /** End the process at once. */
  kill(): void
}
