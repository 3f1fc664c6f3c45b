import { join } from 'node:path'
import { AppError } from '../../../shared/errors.js'
import type { TrainingEvent } from '../../../shared/training/events.js'
import { countedEvents, headWeightWishes } from '../../../shared/training/history.js'
import { afterValidation, NO_PLATEAU } from '../../../shared/training/schedules.js'
import { withLock } from '../../storage/lock.js'
import { isAlive, type ProcessMark } from '../../storage/process.js'
import { latestCheckpoint } from '../run/checkpoint.js'
import { follow, type Ready } from '../follow.js'
import type { Job, JobContext } from '../jobs.js'
import { keepOn } from '../run/keeper.js'
import { deviceBefore, prepare, type Prepared } from '../prepare.js'
import { mendEvents, readEvents, readRecord, readRunDocument, type RunRecord } from '../run/runfolder.js'
import { goesOn, startEvent } from '../run/start.js'
import { startState } from '../run/start-state.js'
import type { Progress } from '../plan.js'

/**
 * Go on with a run from its newest whole checkpoint, in the same folder, as if it had never ended; on another device the next
 * steps are the same but for rounding. `run/busy`, `run/over`, `run/damaged`, `data/changed`.
 */
export async function resume(
  job: Extract<Job, { kind: 'resume' }>,
  context: JobContext,
): Promise<{ readonly step: number }> {
  await readRecord(job.run) // no lock into what is no run
  const ready = await withLock(
    join(job.run, 'resume.lock'),
    () => begin(job),
    (holder) => refuse(job.run, holder),
  )
  try {
    return await follow(ready, context)
  } finally {
    await ready.executor.dispose()
  }
}

/** Everything up to the record that says that this process trains the run; it takes seconds, and no two processes may do it at once. */
async function begin(job: Extract<Job, { kind: 'resume' }>): Promise<Ready> {
  const record = await readRecord(job.run)
  refuseBusy(record, job.run)
  const settings = { ...record.settings, ...job.change }
  const document = await readRunDocument(job.run)
  const checkpoint = await latestCheckpoint(job.run)
  if (!checkpoint && record.step > 0) throw noCheckpoint(job.run, record.step)
  await mendEvents(job.run)
  const events = await readEvents(job.run)
  const prepared = await prepare(document, settings, deviceBefore(record), job.workers)
  try {
    const { executor, net } = prepared
    executor.setState(checkpoint?.state ?? (await startState(net.analysis, settings.seed)))
    const step = checkpoint?.position.step ?? 0
    const progress = progressAt(step, events, prepared)
    const first = startEvent(prepared)
    const next = goesOn(record, prepared)
    if (progress.step >= first.steps && progress.closed === progress.step) throw over(job.run, progress.step)
    const notes = [...(checkpoint?.passedOver ?? []), first.note].filter(Boolean)
    const start = { ...first, resumed: step, note: notes.join(' ') }
    const keeper = await keepOn(job.run, next)
    const wishes = headWeightWishes(events).filter((wish) => wish.step > step)
    return { ...prepared, start, keeper, wishes, progress }
  } catch (error) {
    await prepared.executor.dispose()
    throw error
  }
}

/** Where a run stands after `step` updates, from what it told until then. */
export function progressAt(step: number, events: readonly TrainingEvent[], prepared: Prepared): Progress {
  const { dataset, headWeights, settings } = prepared
  const earlier = countedEvents([...events]).filter((event) => event.type !== 'end' && at(event) <= step)
  const validations = earlier.filter((event) => event.type === 'validation')
  const plateau = validations.reduce(
    (standing, { loss }) => afterValidation(standing, loss, settings.decayEvery),
    NO_PLATEAU,
  )
  const wish = earlier.findLast((event) => event.type === 'head-weights')
  const closed = dataset.validation.count === 0 ? step : (validations.at(-1)?.step ?? 0)
  return { step, closed, headWeights: { ...headWeights, ...wish?.weights }, plateau }
}

function at(event: TrainingEvent): number {
  return event.type === 'start' ? 0 : event.step
}

function refuseBusy(record: RunRecord, run: string): void {
  const { state, process: trainer } = record
  const open = state === 'starting' || state === 'running' || state === 'stopping'
  if (open && trainer !== process.pid && isAlive(record)) refuse(run, { process: trainer as number })
}

function refuse(run: string, { process: trainer }: ProcessMark): never {
  throw new AppError('run/busy', `${run} is being trained by process ${trainer}.`, 'Stop it first: netwright stop.')
}

function over(run: string, step: number): AppError {
  const hint = 'Ask for more epochs than it had, or start a new run from its weights.'
  return new AppError('run/over', `${run} is finished: all its ${step} steps are made.`, hint)
}

function noCheckpoint(run: string, step: number): AppError {
  const message = `${run} made ${step} steps, but has no checkpoint to go on from.`
  return new AppError('run/damaged', message, 'Start a new run from its weights: train --weights weights.safetensors.')
}
