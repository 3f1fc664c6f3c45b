import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Api, EventName, Events, ResumeChange } from '../../shared/api.js'
import { errorData, type ErrorData } from '../../shared/errors.js'
import type { TrainingEvent } from '../../shared/training/events.js'
import type { TrainingSettings } from '../../shared/training/settings.js'
import { emptyMetrics, record, type Metrics } from './metrics.js'
import { fromSummary, isActive, next, type Run } from './run.js'

/** The wire to the services, as far as runs need it. */
export interface RunsHost {
  readonly api: Pick<Api, 'runs' | 'training'>
  on<E extends EventName>(event: E, listener: (payload: Events[E]) => void): () => void
}

/** What became of the last wish to train. */
export type Launch =
  { readonly state: 'idle' } | { readonly state: 'sending' } | { readonly state: 'refused'; readonly error: ErrorData }

export interface RunsState {
  readonly list: 'loading' | 'ready' | { readonly failed: ErrorData }
  /** Newest first. */
  readonly runs: readonly Run[]
  /** The run that charts and results show. */
  readonly shown: string | undefined
  readonly launch: Launch
  /** Grows whenever columns of any run grow. */
  readonly version: number
}

export interface Runs {
  readonly store: StoreApi<RunsState>
  /** Columns of a run; empty until its events have arrived. */
  metrics(id: string): Metrics
  /** Ask for all runs, and for what was missed of those on screen: at the start and after each reconnection. */
  refresh(): Promise<void>
  show(id: string): Promise<void>
  start(document: string, settings: TrainingSettings): Promise<void>
  stop(id: string): Promise<void>
  /** Go on with a run that ended early, on its device or on another, and show it. */
  resume(id: string, change?: ResumeChange): Promise<void>
  /** Weigh the losses of the heads of the live run otherwise. */
  weigh(id: string, weights: Readonly<Record<string, number>>): Promise<void>
  remove(id: string): Promise<void>
  dismiss(): void
  /** Follow the host's pushes; returns the function that stops. */
  follow(): () => void
}

/** Runs as the window knows them: summaries from the host, events in order and without gaps, columns beside the state. */
export function createRuns({ api, on }: RunsHost): Runs {
  const store = createStore<RunsState>(() => ({
    list: 'loading',
    runs: [],
    shown: undefined,
    launch: { state: 'idle' },
    version: 0,
  }))
  const columns = new Map<string, Metrics>()
  const asking = new Map<string, Promise<void>>()

  const find = (id: string) => store.getState().runs.find((run) => run.id === id)
  const put = (run: Run) => store.setState(({ runs }) => ({ runs: withRun(runs, run) }))

  function metrics(id: string): Metrics {
    const known = columns.get(id) ?? emptyMetrics()
    columns.set(id, known)
    return known
  }

  /** Apply events from number `from` on; what is already known is passed over. False if some before them are missing. */
  function receive(id: string, from: number, events: readonly TrainingEvent[]): boolean {
    const run = find(id)
    if (!run || from > run.received) return false
    const fresh = events.slice(run.received - from)
    if (fresh.length === 0) return true
    for (const event of fresh) record(metrics(id), event)
    put(fresh.reduce<Run>(next, run))
    store.setState(({ version }) => ({ version: version + 1 }))
    return true
  }

  /** Fetch what is missing of a run; one request at a time for each. */
  function catchUp(id: string): Promise<void> {
    const running = asking.get(id)
    if (running) return running
    const request = fetchMissing(id).finally(() => asking.delete(id))
    asking.set(id, request)
    return request
  }

  async function fetchMissing(id: string): Promise<void> {
    for (;;) {
      const run = find(id)
      if (!run) return
      const { events } = await api.runs.history(id, run.received)
      if (events.length === 0 || !receive(id, run.received, events)) return
    }
  }

  async function refresh(): Promise<void> {
    try {
      const summaries = await api.runs.list()
      store.setState(({ runs, shown }) => {
        const merged = summaries.map((summary) => merge(runs, summary)).sort(newestFirst)
        return { list: 'ready', runs: merged, shown: stillThere(merged, shown) ?? merged[0]?.id }
      })
      const { runs, shown } = store.getState()
      await Promise.all(runs.filter((run) => isActive(run) || run.id === shown).map((run) => catchUp(run.id)))
    } catch (error) {
      store.setState({ list: { failed: errorData(error) } })
    }
  }

  async function show(id: string): Promise<void> {
    store.setState({ shown: id })
    await catchUp(id)
  }

  /** Do what the host may refuse; the refusal is shown where training is. */
  async function ask(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      store.setState({ launch: { state: 'refused', error: errorData(error) } })
    }
  }

  /** Have a run begin or go on, and show it. */
  function launch(work: () => Promise<string>): Promise<void> {
    store.setState({ launch: { state: 'sending' } })
    return ask(async () => {
      const run = await work()
      store.setState({ launch: { state: 'idle' }, shown: run })
      await refresh()
    })
  }

  const start = (document: string, settings: TrainingSettings) =>
    launch(async () => (await api.training.start(document, settings)).run)

  const resume: Runs['resume'] = (id, change = {}) =>
    launch(async () => {
      await api.training.resume(id, change)
      return id
    })

  async function remove(id: string): Promise<void> {
    await api.runs.remove(id)
    columns.delete(id)
    store.setState(({ runs, shown }) => {
      const left = runs.filter((run) => run.id !== id)
      return { runs: left, shown: shown === id ? left[0]?.id : shown }
    })
    const { shown } = store.getState()
    if (shown) await catchUp(shown)
  }

  function follow(): () => void {
    const offEvents = on('training.events', ({ run, from, events }) => {
      if (!receive(run, from, events)) void catchUp(run).catch(() => undefined)
    })
    const offChanges = on('runs.changed', (summary) => {
      put(merge(store.getState().runs, summary))
      store.setState(({ shown }) => ({ shown: shown ?? summary.id }))
    })
    return () => {
      offEvents()
      offChanges()
    }
  }

  const dismiss = () => store.setState({ launch: { state: 'idle' } })
  const stop = (id: string) => ask(() => api.training.stop(id))
  const weigh: Runs['weigh'] = (id, weights) => ask(() => api.training.headWeights(id, weights))
  return { store, metrics, refresh, show, start, resume, stop, weigh, remove, dismiss, follow }
}

function merge(runs: readonly Run[], summary: Parameters<typeof fromSummary>[0]): Run {
  const known = runs.find((run) => run.id === summary.id)
  return known ? next(known, { type: 'summary', summary }) : fromSummary(summary)
}

function withRun(runs: readonly Run[], run: Run): readonly Run[] {
  const known = runs.some((other) => other.id === run.id)
  return known ? runs.map((other) => (other.id === run.id ? run : other)) : [run, ...runs].sort(newestFirst)
}

function stillThere(runs: readonly Run[], id: string | undefined): string | undefined {
  return runs.some((run) => run.id === id) ? id : undefined
}

function newestFirst(a: Run, b: Run): number {
  return b.started.localeCompare(a.started)
}
