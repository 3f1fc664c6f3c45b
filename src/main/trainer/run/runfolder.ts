import { appendFile, open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunState } from '../../../shared/api.js'
import { AppError, type ErrorData } from '../../../shared/errors.js'
import type { TrainingEvent, ValidationEvent } from '../../../shared/training/events.js'
import { DEFAULT_SETTINGS, type TrainingSettings } from '../../../shared/training/settings.js'
import { writeAtomic } from '../../storage/atomic.js'
import { readBounded } from '../../storage/bounded.js'
import { diskError } from '../../storage/disk-error.js'
import { makeFolder } from '../../storage/folder.js'
import type { ProcessMark } from '../../storage/process.js'

/** Files of a run folder: everything that made the run and everything it made. */
export const RUN_FILES = {
  /** The document that was trained, as it was sent. */
  document: 'document.netwright.json',
  /** `RunRecord`, written at the start and at the end. */
  record: 'run.json',
  /** One event a line, appended while training. */
  events: 'events.jsonl',
  /** Weights and moving statistics, written after every epoch and at the end. */
  weights: 'weights.safetensors',
} as const
// Beside them `checkpoints/`, see `checkpoint.ts`: what a run needs to go on.

/** What `run.json` holds, with the process that trains it. A run that says `running` and whose process is gone was killed. */
export interface RunRecord extends Partial<ProcessMark> {
  readonly format: 'netwright-run'
  readonly version: 1
  readonly name: string
  readonly state: RunState
  /** ISO 8601. */
  readonly started: string
  readonly ended?: string
  readonly settings: TrainingSettings
  readonly classes: readonly string[]
  /** The first is the main head. */
  readonly heads: readonly string[]
  readonly device: string
  /** Why this device; missing in records of earlier versions. */
  readonly deviceReason?: string
  readonly data: {
    readonly title: string
    /** Size of the images that the net is fed: `[height, width, channels]`. */
    readonly shape: readonly [number, number, number]
    readonly train: number
    readonly validation: number
    readonly note: string
    /** Hash of all labels, so that a run does not go on with other images. */
    readonly digest?: string
  }
  /** Updates made so far. */
  readonly step: number
  readonly lastValidation?: ValidationEvent
  readonly error?: ErrorData
}

const MOST_RECORD = 16 * 2 ** 20
const MOST_DOCUMENT = 64 * 2 ** 20
const MOST_EVENTS = 2 ** 30
const MOST_LINE = 4 * 2 ** 20

/** Make a run folder with its document; `file/exists` if a run is in it already. */
export async function createRunFolder(folder: string, document: string): Promise<void> {
  for (const file of [RUN_FILES.record, RUN_FILES.events, RUN_FILES.weights]) {
    if (!(await stat(join(folder, file)).catch(() => undefined))) continue
    throw new AppError(
      'file/exists',
      `${folder} already holds a run.`,
      'Choose another folder, or remove that run first.',
    )
  }
  await makeFolder(folder)
  await writeAtomic(join(folder, RUN_FILES.document), document)
}

/** Text of the document that a run trained; `run/not-found`. */
export async function readRunDocument(folder: string): Promise<string> {
  return (await readFileOf(folder, RUN_FILES.document, MOST_DOCUMENT)).toString('utf8')
}

export async function writeRecord(folder: string, record: RunRecord): Promise<void> {
  await writeAtomic(join(folder, RUN_FILES.record), `${JSON.stringify(record, undefined, 2)}\n`)
}

/** The record of a run; `run/not-found` for a folder without one or with something else in its place. */
export async function readRecord(folder: string): Promise<RunRecord> {
  const text = (await readFileOf(folder, RUN_FILES.record, MOST_RECORD)).toString('utf8')
  try {
    const record = JSON.parse(text) as RunRecord
    // Settings that came later than the run have their first values.
    if (record.format === 'netwright-run' && record.version === 1)
      return { ...record, settings: { ...DEFAULT_SETTINGS, ...record.settings } }
  } catch {
    // Said below: a damaged record is as good as none.
  }
  throw new AppError(
    'run/not-found',
    `${join(folder, RUN_FILES.record)} is not the record of a run.`,
    'Choose a run folder.',
  )
}

/** Append events; lines are only added, so earlier ones survive whatever happens. `disk/full`, `disk/failed`. */
export async function appendEvents(folder: string, events: readonly TrainingEvent[]): Promise<void> {
  const path = join(folder, RUN_FILES.events)
  const lines = events.map((event) => `${JSON.stringify(event)}\n`).join('')
  await appendFile(path, lines).catch(async (error: unknown) => {
    // A full disk takes a part of a line; the next event, the end above all, would be lost with it.
    await mendEvents(folder).catch(() => undefined)
    throw diskError(error, path)
  })
}

/** Take away a last line that a crash cut off, so that the next event does not become a part of it. */
export async function mendEvents(folder: string): Promise<void> {
  const path = join(folder, RUN_FILES.events)
  const file = await open(path, 'r+').catch(() => undefined)
  if (!file) return
  try {
    const { size } = await file.stat()
    const tail = Buffer.alloc(Math.min(size, MOST_LINE))
    await file.read(tail, 0, tail.length, size - tail.length)
    const whole = tail.lastIndexOf('\n') + 1
    if (whole < tail.length) await file.truncate(size - tail.length + whole)
  } catch (error) {
    throw diskError(error, path)
  } finally {
    await file.close()
  }
}

/** Events of a run, oldest first; a last line that a crash cut off is left out. No file yet: none. */
export async function readEvents(folder: string): Promise<readonly TrainingEvent[]> {
  return (await eventsAfter(folder, 0)).events
}

/** Events behind the first so many bytes of their file, and the bytes up to the last of them; a line that is being written waits. */
export async function eventsAfter(
  folder: string,
  from: number,
): Promise<{ readonly events: readonly TrainingEvent[]; readonly next: number }> {
  const path = join(folder, RUN_FILES.events)
  const bytes = await readBounded(path, MOST_EVENTS, from).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'file/not-found') return Buffer.alloc(0)
    throw error
  })
  const whole = bytes.lastIndexOf('\n') + 1
  // Line by line: all of a long run is more than one text can hold.
  const events: TrainingEvent[] = []
  for (let start = 0; start < whole;) {
    const end = bytes.indexOf('\n', start)
    try {
      events.push(JSON.parse(bytes.toString('utf8', start, end)) as TrainingEvent)
    } catch {
      // A line that a crash left in pieces tells nothing.
    }
    start = end + 1
  }
  return { events, next: from + whole }
}

async function readFileOf(folder: string, file: string, most: number): Promise<Buffer> {
  return readBounded(join(folder, file), most).catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'file/not-found') throw error
    throw new AppError('run/not-found', `${folder} is not a run: it has no ${file}.`, 'Choose the folder of a run.')
  })
}
