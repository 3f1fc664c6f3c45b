import { AppError } from '../../src/shared/errors.js'
import type { TrainingEvent } from '../../src/shared/training/events.js'
import type { Job, JobResults, Launcher, RunningJob } from '../../src/main/trainer/jobs.js'

type Result = JobResults[keyof JobResults]

export interface ScriptedLauncher extends Launcher {
  /** Every job that was started, in order, without the looks at devices that come before a choice. */
  readonly jobs: Job[]
  /** What the trainer of the running train job says; throws while there is none. */
  tell(events: readonly TrainingEvent[]): void
  /** End the running train job, well or with an error. */
  finish(error?: AppError): void
}

/** A computer with one device, and what a training is told about it. */
const ONE_DEVICE = { devices: ['onnx-cpu'], device: { detail: '2 cores.', version: '1.30' } } as const
export const CHOSEN = { device: 'onnx-cpu', reason: 'The only device that can be used here.' } as const

/** Stands for child processes: jobs answer with what the test says, training is played by the test. */
export function scriptedLauncher(answers: Partial<{ [K in Job['kind']]: Result }>): ScriptedLauncher {
  const jobs: Job[] = []
  const unheard = () => {
    throw new Error('No training is running.')
  }
  let say: (events: readonly TrainingEvent[]) => void = unheard
  let settle: (error?: AppError) => void = () => {}

  function train(onEvents: (events: readonly TrainingEvent[]) => void): RunningJob<Result> {
    const result = new Promise<Result>((resolve, reject) => {
      settle = (error) => {
        say = unheard
        if (error) reject(error)
        else resolve({ step: 2 })
      }
    })
    say = onEvents
    return {
      result,
      stop() {
        onEvents([{ type: 'end', reason: 'stopped', step: 2 }])
        settle()
      },
      weigh: (weights) => onEvents([{ type: 'head-weights', step: 2, weights }]),
      kill: () => settle(new AppError('trainer/crashed', 'The trainer process was ended.')),
    }
  }

  const run = (job: Job, onEvents: (events: readonly TrainingEvent[]) => void = () => {}): RunningJob<Result> => {
    const known: typeof answers = { ...ONE_DEVICE, ...answers }
    if (!['devices', 'device', 'benchmark'].includes(job.kind)) jobs.push(job)
    if (job.kind === 'train' || job.kind === 'resume') return train(onEvents)
    return { result: Promise.resolve(known[job.kind]!), stop: () => {}, weigh: () => {}, kill: () => {} }
  }
  return { run: run as Launcher['run'], jobs, tell: (events) => say(events), finish: (error) => settle(error) }
}
