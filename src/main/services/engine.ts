import type { Api } from '../../shared/api.js'
import {
  engineOfBuild,
  type EngineBuild,
  type EngineName,
  type EngineStatus,
  type EngineWork,
} from '../../shared/engine.js'
import { AppError, errorData } from '../../shared/errors.js'
import { START } from '../engine/tensorflow/install/pip-progress.js'
import { installTensorFlow, removeTensorFlow } from '../engine/tensorflow/install/install.js'
import type { Launcher } from '../trainer/jobs.js'
import type { Emitter } from './emitter.js'

interface EngineOptions {
  readonly home: string
  readonly launcher: Launcher
  readonly emitter: Emitter
  /** True while a run may have the engine's library open. */
  readonly busy: () => boolean
}

interface EngineService {
  readonly api: Api['engine']
  /** Stop an installation, and wait until nothing of it is left. */
  close(): Promise<void>
}

/** Lines of output that are kept for people who look. */
const KEPT_LINES = 60
/** Pushes are at least so many ms apart. */
const INTERVAL_MS = 100

/** Get or remove TensorFlow, one thing at a time; windows come and go meanwhile, and ask how far it is. */
export function createEngine({ home, launcher, emitter, busy }: EngineOptions): EngineService {
  let status: EngineStatus = { work: { state: 'idle' }, log: [] }
  let stop = new AbortController()
  let running: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  function push(): void {
    clearTimeout(timer)
    timer = undefined
    emitter.emit('engine.changed', status)
  }
  function change(part: Partial<EngineStatus>): void {
    status = { ...status, ...part }
    timer ??= setTimeout(push, INTERVAL_MS)
  }
  function enter(work: EngineWork): void {
    change({ work })
    push()
  }

  /** Do one thing, and tell how it ended; later things wait for nothing, they are refused meanwhile. */
  function begin(first: EngineWork, work: () => Promise<EngineWork>): void {
    if (running) {
      const hint = 'Wait for its end, or stop it.'
      throw new AppError('engine/busy', 'TensorFlow is being installed or removed already.', hint)
    }
    change({ log: [] })
    enter(first)
    running = work().then((last) => {
      running = undefined
      enter(last)
    })
  }

  async function getIt(build: EngineBuild): Promise<EngineWork> {
    const engine = engineOfBuild(build)
    try {
      await installTensorFlow({
        home,
        build,
        signal: stop.signal,
        say: (line) => change({ log: [...status.log, line].slice(-KEPT_LINES) }),
        progress: (progress) =>
          change({ work: { state: 'installing', build, progress, stopping: stop.signal.aborted } }),
      })
      return { state: 'ended', engine, how: 'installed' }
    } catch (error) {
      if (stop.signal.aborted) return { state: 'ended', engine, how: 'stopped' }
      return { state: 'failed', error: errorData(error) }
    }
  }

  async function removeIt(engine: EngineName): Promise<EngineWork> {
    try {
      await removeTensorFlow(home, engine)
      return { state: 'ended', engine, how: 'removed' }
    } catch (error) {
      return { state: 'failed', error: errorData(error) }
    }
  }

  function cancel(): void {
    if (status.work.state !== 'installing') return
    stop.abort()
    enter({ ...status.work, stopping: true })
  }

  return {
    api: {
      facts: () => launcher.run({ kind: 'engine', home }).result,
      status: () => Promise.resolve(status),
      async install(build) {
        if (busy()) throw inUse('replaced')
        stop = new AbortController()
        begin({ state: 'installing', build, progress: START, stopping: false }, () => getIt(build))
      },
      async cancel() {
        cancel()
      },
      async remove(engine) {
        if (busy()) throw inUse('removed')
        begin({ state: 'removing', engine }, () => removeIt(engine))
      },
    },
    async close() {
      cancel()
      await running
    },
  }
}

function inUse(what: string): AppError {
  const message = `A run is training; the engine cannot be ${what} under it.`
  return new AppError('run/busy', message, 'Pause the run or wait for its end, then try again.')
}
