import type { Api, EventName, Events, RunSummary } from '../../src/shared/api.js'
import type { TrainingEvent } from '../../src/shared/training/events.js'
import type { AppError } from '../../src/shared/errors.js'
import type { RunsHost } from '../../src/renderer/stores/runs.js'

/** Services in memory that keep runs as the real ones do: a summary and a log of events each. */
export interface FakeServices extends RunsHost {
  readonly summaries: Map<string, RunSummary>
  readonly logs: Map<string, TrainingEvent[]>
  /** Names and arguments of the calls, in order. */
  readonly calls: (readonly unknown[])[]
  /** Make the next call of a method fail. */
  failNext(method: string, error: AppError): void
  /** Append events to a run's log and push them, unless the wire is cut. */
  emit(run: string, events: readonly TrainingEvent[], wire?: 'whole' | 'cut'): void
  change(summary: RunSummary): void
}

export function fakeServices(): FakeServices {
  const summaries = new Map<string, RunSummary>()
  const logs = new Map<string, TrainingEvent[]>()
  const calls: (readonly unknown[])[] = []
  const failures = new Map<string, AppError>()
  const listeners = new Set<readonly [EventName, (data: never) => void]>()

  const push = <E extends EventName>(event: E, data: Events[E]) => {
    for (const [name, listener] of listeners) if (name === event) (listener as (data: Events[E]) => void)(data)
  }
  async function called(method: string, ...args: readonly unknown[]): Promise<void> {
    calls.push([method, ...args])
    const failure = failures.get(method)
    failures.delete(method)
    if (failure) throw failure
  }
  const change = (summary: RunSummary) => {
    summaries.set(summary.id, summary)
    push('runs.changed', summary)
  }

  const api = {
    runs: {
      list: async () => {
        await called('list')
        return [...summaries.values()]
      },
      history: async (run: string, from: number) => {
        await called('history', run, from)
        const events = (logs.get(run) ?? []).slice(from)
        return { events, next: from + events.length }
      },
      remove: async (run: string) => {
        await called('remove', run)
        summaries.delete(run)
      },
    },
    training: {
      start: async (document: string, settings: unknown) => {
        await called('start', document, settings)
        return { run: [...summaries.keys()].at(-1)! }
      },
      stop: (run: string) => called('stop', run),
      resume: (run: string, change: unknown) => called('resume', run, change),
      headWeights: (run: string, weights: unknown) => called('headWeights', run, weights),
    },
  } as unknown as Pick<Api, 'runs' | 'training'>

  return {
    api,
    summaries,
    logs,
    calls,
    change,
    failNext: (method, error) => void failures.set(method, error),
    emit: (run, events, wire = 'whole') => {
      const log = logs.get(run) ?? []
      logs.set(run, [...log, ...events])
      if (wire === 'whole') push('training.events', { run, from: log.length, events })
    },
    on: (event, listener) => {
      const entry = [event, listener as (data: never) => void] as const
      listeners.add(entry)
      return () => listeners.delete(entry)
    },
  }
}
