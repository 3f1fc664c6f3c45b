import { join } from 'node:path'
import type { AppInfo } from '../../shared/api.js'
import type { Endpoint } from '../../shared/rpc/rpc.js'
import { sweepTemporary } from '../storage/temporary.js'
import type { Launcher } from '../trainer/jobs.js'
import { createData } from './data.js'
import { createDesk, type Desk } from './desk.js'
import { createDevices } from './devices.js'
import { createDocuments } from './documents.js'
import { createEmitter } from './emitter.js'
import { createEngine } from './engine.js'
import { createExports } from './exports.js'
import { createFiles } from './files.js'
import { followForeignRuns } from './foreign-runs.js'
import { createLibrary } from './library.js'
import { createRuns } from './runs.js'
import { createTraining } from './training.js'

export type Shell = AppInfo['shell']

/** What the services need from outside; tests hand in temporary folders and launchers of their own. */
export interface ServicesOptions {
  readonly launcher: Launcher
  /** Folder of documents and runs. */
  readonly home: string
  /** Folder that data is chosen below: the user's home folder. */
  readonly userHome: string
  readonly version: string
  readonly shell: Shell
}

/** The app without a window. */
export interface Services extends Endpoint {
  /** What the system asks of the window. */
  readonly desk: Desk
  /** True while a run goes on. */
  busy(): boolean
  /** End a run that goes on, in at most ten seconds, and an installation. */
  close(): Promise<void>
}

const PATIENCE_MS = 10_000

/** Every call of `Api`, one file per group. */
export function createServices({ launcher, home, userHome, version, shell }: ServicesOptions): Services {
  const emitter = createEmitter()
  const runsFolder = join(home, 'runs')
  const chooser = { launcher, home, version }
  const runs = createRuns({ folder: runsFolder, launcher, emitter })
  const busy = () => runs.book.active() !== undefined
  const desk = createDesk(emitter)
  const engine = createEngine({ home, launcher, emitter, busy })
  const unfollow = followForeignRuns({ folder: runsFolder, emitter, isOwn: (id) => runs.book.find(id) !== undefined })
  void sweepTemporary(home)
  return {
    api: {
      app: { info: () => Promise.resolve({ version, shell, home }), opened: desk.opened },
      documents: createDocuments(home),
      library: createLibrary(home),
      files: createFiles(userHome),
      data: createData(launcher, userHome),
      devices: createDevices(chooser, userHome),
      engine: engine.api,
      training: createTraining({ runsFolder, userHome, chooser, book: runs.book }),
      runs: runs.api,
      exports: createExports({ runsFolder, launcher }),
    },
    on: emitter.on,
    desk,
    busy,
    async close() {
      unfollow()
      await Promise.all([runs.book.close(PATIENCE_MS), engine.close()])
    },
  }
}
