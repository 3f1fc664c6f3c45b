import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Api, EventName, Events } from '../../shared/api.js'
import { isWorking, type EngineBuild, type EngineName, type EngineStatus } from '../../shared/engine.js'
import { errorData, type ErrorData } from '../../shared/errors.js'

/** The wire to the services, as far as the engine needs it. */
export interface EngineHost {
  readonly api: Pick<Api, 'engine'>
  on<E extends EventName>(event: E, listener: (payload: Events[E]) => void): () => void
}

export interface EngineState extends EngineStatus {
  /** Why the last wish was refused. */
  readonly refused?: ErrorData
}

/** What the services do about TensorFlow; the window only watches and wishes. */
export interface Engine {
  readonly store: StoreApi<EngineState>
  /** Ask how far it is: at the start and after each reconnection. */
  refresh(): Promise<void>
  install(build: EngineBuild): Promise<void>
  cancel(): Promise<void>
  remove(engine: EngineName): Promise<void>
}

/** Follows the host; `onChange` is called once the engine is another than before. */
export function createEngine({ api, on }: EngineHost, onChange: () => void): Engine {
  const store = createStore<EngineState>(() => ({ work: { state: 'idle' }, log: [] }))

  function receive(status: EngineStatus): void {
    const before = store.getState().work
    store.setState(status, true)
    const { work } = status
    const isNew = work.state === 'ended' && work.how !== 'stopped'
    if (isNew && isWorking(before)) onChange()
  }
  async function ask(wish: () => Promise<void>): Promise<void> {
    try {
      await wish()
    } catch (error) {
      store.setState({ refused: errorData(error) })
    }
  }

  on('engine.changed', receive)
  return {
    store,
    refresh: () => ask(async () => receive(await api.engine.status())),
    install: (build) => ask(() => api.engine.install(build)),
    cancel: () => ask(() => api.engine.cancel()),
    remove: (engine) => ask(() => api.engine.remove(engine)),
  }
}
