import { useStore } from 'zustand'
import type { EngineFacts } from '../../shared/engine.js'
import type { Api, DataSummary, Device, DeviceChoice, Evaluation } from '../../shared/api.js'
import type { MemoryEstimate } from '../../shared/training/memory-need.js'
import type { TrainingSettings } from '../../shared/training/settings.js'
import { useHost, type Host } from '../host.js'
import { createCache, type Cache } from './cache.js'
import { createEngine, type Engine, type EngineState } from './engine.js'
import { createLatest, type Latest } from './latest.js'
import { createRuns, type Runs, type RunsState } from './runs.js'

type Builtin = Awaited<ReturnType<Api['data']['builtin']>>
type Library = Awaited<ReturnType<Api['library']['list']>>
type Folder = Awaited<ReturnType<Api['files']['list']>>

/** What the window knows from the services about training: one of each for a host. */
export interface Services {
  readonly runs: Runs
  readonly engine: Engine
  readonly engineFacts: Cache<EngineFacts>
  readonly devices: Cache<readonly Device[]>
  /** Key: `measureKey`. */
  readonly speeds: Cache<DeviceChoice>
  /** What the net that is edited takes; key: `measureKey`. */
  readonly memory: Latest<MemoryEstimate>
  readonly builtin: Cache<Builtin>
  /** Own blocks of all documents. */
  readonly library: Cache<Library>
  /** Key: `dataKey`. */
  readonly data: Cache<DataSummary>
  /** Key: path below the home folder. */
  readonly folders: Cache<Folder>
  /** Key: id of the run; on its validation part. */
  readonly evaluations: Cache<Evaluation>
}

const known = new WeakMap<Host, Services>()

/** The services' state of a host; begins to follow its runs when first asked for. */
export function servicesOf(host: Host): Services {
  const existing = known.get(host)
  if (existing) return existing
  const { api } = host
  const services: Services = {
    runs: createRuns(host),
    engine: createEngine(host, () => lookAgain(services)),
    engineFacts: createCache(() => api.engine.facts()),
    devices: createCache(() => api.devices.list()),
    speeds: createCache((key) => api.devices.measure(...fromMeasureKey(key))),
    memory: createLatest((key) => api.devices.memory(...fromMeasureKey(key))),
    builtin: createCache(() => api.data.builtin()),
    library: createCache(() => api.library.list()),
    data: createCache((key) => api.data.describe(...fromDataKey(key))),
    folders: createCache((path) => api.files.list(path)),
    evaluations: createCache((run) => api.runs.evaluate(run, 'validation')),
  }
  known.set(host, services)
  services.runs.follow()
  host.on('training.events', ({ events }) => {
    // What it has taken is known now.
    if (events.some(({ type }) => type === 'memory')) services.memory.forget()
  })
  host.connection.subscribe((state) => {
    if (state !== 'connected') return
    void services.runs.refresh()
    void services.engine.refresh()
    for (const cache of [
      services.devices,
      services.engineFacts,
      services.builtin,
      services.library,
      services.data,
      services.folders,
    ])
      cache.retry()
  })
  void services.runs.refresh()
  void services.engine.refresh()
  return services
}

/** With another engine come other devices, and other speeds of every net. */
function lookAgain({ devices, engineFacts, speeds, memory }: Services): void {
  memory.forget()
  devices.again('')
  engineFacts.again('')
  speeds.store.setState({}, true)
}

/** Data as it will be split: the same folder with another share is another answer. */
export function dataKey(spec: string, validationShare: number): string {
  return JSON.stringify([spec, validationShare])
}

function fromDataKey(key: string): [spec: string, validationShare: number] {
  return JSON.parse(key) as [string, number]
}

/** A net as file text, and how it is to be trained. */
export function measureKey(document: string, settings: TrainingSettings): string {
  return JSON.stringify([document, settings])
}

function fromMeasureKey(key: string): [document: string, settings: TrainingSettings] {
  return JSON.parse(key) as [string, TrainingSettings]
}

export function useServices(): Services {
  return servicesOf(useHost())
}

/** What is being done about TensorFlow. */
export function useEngine(): EngineState {
  return useStore(useServices().engine.store)
}

/** A part of what is known of the runs. */
export function useRuns<T>(select: (state: RunsState) => T): T {
  return useStore(useServices().runs.store, select)
}
