import type { RunState, RunSummary } from '../../shared/api.js'
import { AppError, errorData } from '../../shared/errors.js'
import type { EndEvent, TrainingEvent } from '../../shared/training/events.js'
import type { RunningJob } from '../trainer/jobs.js'
import type { Emitter } from './emitter.js'

/** A run whose trainer is alive, and what it told so far. */
export interface LiveRun {
  summary: RunSummary
  readonly events: TrainingEvent[]
  readonly job: RunningJob<unknown>
  /** What the run was and had told before it went on. */
  readonly before: Earlier | undefined
}

export interface Earlier {
  readonly summary: RunSummary
  readonly events: readonly TrainingEvent[]
}

/** The one run that may be active, and its events until the trainer has ended. */
export interface RunBook {
  /** The live run, whatever its id. */
  active(): LiveRun | undefined
  find(id: string): LiveRun | undefined
  /** Resolves when the process of the last run is gone, a little after its end event. */
  settled(): Promise<void>
  /**
   * Start a job and follow it: its events become pushes, its end the end of the run. Resolves with the start event,
   * rejects if the job ends before it. A run that goes on has something `before`, and falls back to it if it cannot begin.
   */
  follow(summary: RunSummary, start: StartJob, before?: Earlier): Promise<void>
  /** Ask the live run to end after the current step. */
  stop(id: string): void
  /** Ask the live run to weigh the losses of its heads otherwise. */
  weigh(id: string, weights: Readonly<Record<string, number>>): void
  /** Stop and wait for the end, at most so many ms; then kill. */
  close(ms: number): Promise<void>
}

export type StartJob = (onEvents: (events: readonly TrainingEvent[]) => void) => RunningJob<unknown>

/** What happens with an end that the trainer could not write itself. */
export type KeepEnd = (id: string, end: EndEvent) => Promise<void>

export function createRunBook(emitter: Emitter, keepEnd: KeepEnd): RunBook {
  let live: LiveRun | undefined
  let ended: Promise<void> = Promise.resolve()

  function change(run: LiveRun, change: Partial<RunSummary>) {
    run.summary = { ...run.summary, ...change }
    emitter.emit('runs.changed', run.summary)
  }

  function take(run: LiveRun, events: readonly TrainingEvent[]) {
    const from = run.events.length
    for (const event of events) run.events.push(event)
    emitter.emit('training.events', { run: run.summary.id, from, events })
    const changed = summaryAfter(run.summary, events)
    if (changed) change(run, changed)
  }

  /** The trainer's process is gone; write the end that it could not. */
  async function end(run: LiveRun, error: unknown) {
    if (run.before && run.events.length === run.before.events.length) change(run, run.before.summary)
    else if (run.events.at(-1)?.type !== 'end') {
      const event: EndEvent = { type: 'end', reason: 'failed', step: lastStep(run.events), error: errorData(error) }
      if (run.events[0]?.type === 'start') await keepEnd(run.summary.id, event).catch(report)
      take(run, [event])
    }
    live = undefined
  }

  function follow(summary: RunSummary, start: StartJob, before?: Earlier): Promise<void> {
    return new Promise((resolve, reject) => {
      const onEvents = (events: readonly TrainingEvent[]) => {
        take(run, events)
        if (events.some(({ type }) => type === 'start')) resolve()
      }
      const run: LiveRun = { summary, events: [...(before?.events ?? [])], job: start(onEvents), before }
      live = run
      emitter.emit('runs.changed', summary)
      const gone = (error: unknown) => end(run, error).then(() => reject(error))
      ended = run.job.result.then(() => gone(silentEnd()), gone)
    })
  }

  return {
    active: () => live,
    find: (id) => (live?.summary.id === id ? live : undefined),
    settled: () => ended,
    follow,
    stop(id) {
      if (live?.summary.id !== id) return
      live.job.stop()
      change(live, { state: 'stopping' })
    },
    weigh(id, weights) {
      if (live?.summary.id === id) live.job.weigh(weights)
    },
    async close(ms) {
      live?.job.stop()
      const patience = setTimeout(() => live?.job.kill(), ms)
      await ended
      clearTimeout(patience)
    },
  }
}

function silentEnd(): AppError {
  return new AppError('trainer/crashed', 'The trainer ended without a word.', 'Start the run again.')
}

function report(problem: unknown): void {
  console.error(problem)
}

/** What a batch of events changes in the summary of their run. */
function summaryAfter(summary: RunSummary, events: readonly TrainingEvent[]): Partial<RunSummary> | undefined {
  let changed: Partial<RunSummary> | undefined
  for (const event of events) {
    if (event.type === 'start') changed = { ...changed, state: runningFrom(summary.state), classes: event.classes }
    if (event.type === 'validation') changed = { ...changed, lastValidation: event }
    if (event.type === 'end') changed = { ...changed, state: event.reason, ...(event.error && { error: event.error }) }
  }
  return changed
}

function runningFrom(state: RunState): RunState {
  return state === 'starting' ? 'running' : state
}

function lastStep(events: readonly TrainingEvent[]): number {
  const last = events.findLast((event) => event.type === 'step')
  return last?.type === 'step' ? last.step : 0
}
