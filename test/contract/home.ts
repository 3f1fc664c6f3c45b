import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { RunState } from '../../src/shared/api.js'
import { DEFAULT_SETTINGS } from '../../src/shared/training/settings.js'
import type { StartEvent, TrainingEvent } from '../../src/shared/training/events.js'
import { appendEvents, createRunFolder, writeRecord } from '../../src/main/trainer/run/runfolder.js'

export const START: StartEvent = {
  type: 'start',
  device: 'onnx-cpu',
  deviceReason: 'the only one',
  stepsPerEpoch: 2,
  steps: 2,
  train: 64,
  validation: 8,
  classes: ['cat', 'dog'],
  skipped: [],
}

export function step(number: number): TrainingEvent {
  const heads = { main: { loss: 0.5, accuracy: 0.75 } }
  return { type: 'step', step: number, epoch: 1, loss: 0.5, heads, learningRate: 0.1, imagesPerSecond: 100 }
}

export const VALIDATION = {
  type: 'validation',
  step: 2,
  epoch: 1,
  loss: 0.4,
  heads: { main: { loss: 0.4, accuracy: 0.8 } },
} as const

export const END: TrainingEvent = { type: 'end', reason: 'finished', step: 2 }

/** Temporary folders for the app and for the user. */
export async function temporaryHome(): Promise<{ home: string; userHome: string; remove(): Promise<void> }> {
  const top = await mkdtemp(join(tmpdir(), 'netwright-home-'))
  const [home, userHome] = [join(top, 'Netwright'), join(top, 'user')]
  await mkdir(join(userHome, 'pictures', 'cats'), { recursive: true })
  await writeFile(join(userHome, 'pictures', 'list.txt'), 'a list')
  await writeFile(join(userHome, 'pictures', '.hidden'), '')
  return { home, userHome, remove: () => rm(top, { recursive: true, maxRetries: 20, retryDelay: 100 }) }
}

/** A run of an earlier day. */
export async function storeRun(
  home: string,
  id: string,
  state: RunState,
  events: readonly TrainingEvent[],
  pid?: number,
) {
  await storeRunIn(join(home, 'runs', id), state, events, pid)
}

/** A run in a folder of any name; its day is that of the name, or a fixed one. */
export async function storeRunIn(folder: string, state: RunState, events: readonly TrainingEvent[], pid?: number) {
  const day = /^\d{4}-\d\d-\d\d/.exec(basename(folder))?.[0] ?? '2026-01-01'
  await createRunFolder(folder, '{"a":"document"}')
  await appendEvents(folder, events)
  await writeRecord(folder, {
    format: 'netwright-run',
    version: 1,
    name: 'Old net',
    state,
    started: `${day}T10:00:00.000Z`,
    settings: DEFAULT_SETTINGS,
    classes: ['cat', 'dog'],
    heads: ['main'],
    device: 'onnx-cpu',
    data: { title: 'Pets', shape: [8, 8, 3], train: 64, validation: 8, note: '' },
    step: 2,
    lastValidation: VALIDATION,
    ...(pid !== undefined && { process: pid }),
  })
}
