import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach } from 'vitest'
import { createServices, type Services } from '../../../../src/main/services/index.js'
import { forkLauncher } from '../../../../src/main/trainer/launcher.js'
import type { TrainingEvent } from '../../../../src/shared/training/events.js'
import { temporaryHome } from '../../../contract/home.js'
import { buildTrainer } from '../build.js'

/** Services over trainers in processes of their own, new for each test of a file. */
export interface TrainingServices {
  services: Services
  folders: Awaited<ReturnType<typeof temporaryHome>>
  /** Entry of the built trainer, and of those that are started from now on. */
  trainer: string
  entry: string
  /** All events of the test so far. */
  readonly told: TrainingEvent[]
  readonly folderOf: (run: string) => string
}

export function trainingServices(): TrainingServices {
  const here = {
    told: [] as TrainingEvent[],
    folderOf: (run: string) => join(here.folders.home, 'runs', run),
  } as TrainingServices
  beforeAll(async () => {
    here.trainer = await buildTrainer()
  })
  beforeEach(async () => {
    here.entry = here.trainer
    here.told.length = 0
    here.folders = await temporaryHome()
    const launcher: ReturnType<typeof forkLauncher> = {
      run: (job, onEvents) => forkLauncher(here.entry).run(job, onEvents),
    }
    here.services = createServices({ ...here.folders, launcher, version: '1', shell: 'host' })
    here.services.on('training.events', ({ events }) => void here.told.push(...events))
  })
  afterEach(async () => {
    await here.services.close()
    await here.folders.remove()
  })
  return here
}
