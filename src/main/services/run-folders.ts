import { stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { RunSummary } from '../../shared/api.js'
import { AppError } from '../../shared/errors.js'
import type { EndEvent } from '../../shared/training/events.js'
import { resolveBeneath } from '../storage/beneath.js'
import { namesIn } from '../storage/folder.js'
import { isAlive } from '../storage/process.js'
import { appendEvents, mendEvents, readRecord, writeRecord, type RunRecord } from '../trainer/run/runfolder.js'
import { isStopWished } from '../trainer/run/stop-wish.js'

/** Absolute path of the folder of a run; `run/not-found`. */
export async function runFolder(runs: string, id: string): Promise<string> {
  const folder = id.includes('/') ? undefined : await resolveBeneath(runs, id).catch(() => undefined)
  const entry = folder === undefined ? undefined : await stat(folder).catch(() => undefined)
  if (folder !== undefined && entry?.isDirectory()) return folder
  throw new AppError('run/not-found', `There is no run ${id}.`, 'Choose one of the list of runs.')
}

/** Runs that the folders hold; folders without a readable record are left out. */
export async function listRuns(runs: string): Promise<readonly RunSummary[]> {
  const names = await namesIn(runs)
  const summaries = await Promise.all(names.map((name) => summaryIn(join(runs, name)).catch(() => undefined)))
  return summaries.filter((summary) => summary !== undefined)
}

/** A run as its folder tells; `run/not-found`. */
export async function summaryIn(folder: string): Promise<RunSummary> {
  const summary = summaryOf(basename(folder), await readRecord(folder))
  return summary.state === 'running' && isStopWished(folder) ? { ...summary, state: 'stopping' } : summary
}

/** Write down the end of a run whose trainer died before it could. */
export async function keepEnd(folder: string, end: EndEvent): Promise<void> {
  await mendEvents(folder)
  await appendEvents(folder, [end])
  const record = await readRecord(folder)
  const ended = new Date().toISOString()
  await writeRecord(folder, { ...record, state: end.reason, ended, ...(end.error && { error: end.error }) })
}

/** A run that is not over goes on in another program, the command line for instance, or was cut off with its process. */
export function summaryOf(id: string, record: RunRecord): RunSummary {
  const { name, state, started, settings, classes, heads, lastValidation, error } = record
  const plain = { id, name, started, settings, classes, heads, ...(lastValidation && { lastValidation }) }
  if (isOver(state) || isAlive(record)) return { ...plain, state, ...(error && { error }) }
  const hint = 'Resume it: it goes on from its last checkpoint.'
  const cut = { code: 'trainer/crashed', message: `${basename(id)} was cut off while training.`, hint } as const
  return { ...plain, state: 'failed', error: cut }
}

/** True for a state that a run keeps. */
export function isOver(state: RunSummary['state']): boolean {
  return state === 'finished' || state === 'stopped' || state === 'failed'
}
