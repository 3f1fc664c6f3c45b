import { parse } from '../../shared/document/file.js'
import { AppError, errorData } from '../../shared/errors.js'
import { netOf } from '../../shared/program/state.js'
import type { StartEvent } from '../../shared/training/events.js'
import type { Dataset } from '../data/dataset.js'
import { openDataset } from '../data/open.js'
import { trainingBatches } from '../data/pipeline.js'
import { createExecutor } from '../engine/create-executor.js'
import type { Executor, TensorMap } from '../engine/executor.js'
import { eventQueue } from './event-queue.js'
import type { JobContext } from './job-table.js'
import type { Job } from './jobs.js'
import { keepIn, KEEP_NOTHING } from './keeper.js'
import { chooseDevice } from './devices.js'
import { loop, type Plan } from './loop.js'
import { classesFor, sizeNet, wantedSize, type SizedNet } from './net.js'
import type { RunRecord } from './runfolder.js'
import { startState } from './start-state.js'

type TrainJob = Extract<Job, { kind: 'train' }>

/**
 * Train a document: check it again, open the data, make the executor, run the loop, keep everything in the run folder. Ends
 * with an `end` event whatever happens after the `start` event; errors before it leave no run behind.
 */
export async function train(job: TrainJob, context: JobContext): Promise<{ readonly step: number }> {
  const document = parse(job.document)
  const { settings } = job
  const { data, validationShare, seed } = settings
  const dataset = await openDataset(data, { shape: wantedSize(document), validationShare, seed })
  const net = sizeNet(document, dataset.shape)
  const classes = classesFor(dataset, net.heads)
  const { device, reason } = chooseDevice(settings.device)
  const executor = createExecutor(net.analysis, { device, optimizer: settings.optimizer })
  try {
    executor.setState(await startState(net.analysis, seed, job.weights))
    const start = startEvent(job, dataset, classes, executor.device, reason)
    return await follow(job, context, { net, dataset, executor, start })
  } finally {
    await executor.dispose()
  }
}

interface Prepared {
  readonly net: SizedNet
  readonly dataset: Dataset
  readonly executor: Executor
  readonly start: StartEvent
}

/** From the `start` event to the `end` event. */
async function follow(job: TrainJob, context: JobContext, { net, dataset, executor, start }: Prepared) {
  const keeper =
    job.folder === undefined ? KEEP_NOTHING : await keepIn(job.folder, job.document, recordOf(job, net, dataset, start))
  const queue = eventQueue(async (events) => {
    await keeper.events(events)
    context.send(events)
  })
  const names = weightNames(net)
  const plan: Plan = {
    settings: job.settings,
    dataset,
    executor,
    steps: start.steps,
    stepsPerEpoch: start.stepsPerEpoch,
    headWeights: {
      ...Object.fromEntries(net.heads.map(({ id, weight }) => [id, weight])),
      ...job.settings.headWeights,
    },
    emit: queue.push,
    stopped: context.stopped,
    keep: async (step, lastValidation) => {
      await keeper.weights(onlyWeights(executor.getState(), names))
      await keeper.record({ step, ...(lastValidation && { lastValidation }) })
    },
  }
  const progress = { step: 0 }
  try {
    queue.push(start)
    await queue.flush()
    const reason = await loop(plan, progress)
    const { step } = progress
    await keeper.record({ state: reason, ended: new Date().toISOString(), step })
    queue.push({ type: 'end', reason, step })
    await queue.flush()
    return { step }
  } catch (problem) {
    const error = errorData(problem)
    const { step } = progress
    // The disk may be what failed: then the window is told all the same, and the first error is the one that counts.
    await queue.flush().catch(() => undefined)
    const end = { type: 'end', reason: 'failed', step, error } as const
    await keeper.events([end]).catch(() => undefined)
    await keeper.record({ state: 'failed', ended: new Date().toISOString(), step, error }).catch(() => undefined)
    context.send([end])
    throw problem
  }
}

function startEvent(
  job: TrainJob,
  dataset: Dataset,
  classes: readonly string[],
  device: string,
  reason: string,
): StartEvent {
  const { batch, epochs, steps } = job.settings
  const { train, validation, skipped, note } = dataset
  if (train.count === 0) {
    throw new AppError('data/no-images', `${dataset.title} has no images to train on.`, 'Keep fewer for validation.')
  }
  const stepsPerEpoch = trainingBatches(train.count, batch)
  return {
    type: 'start',
    device,
    deviceReason: reason,
    stepsPerEpoch,
    steps: steps ?? epochs * stepsPerEpoch,
    train: train.count,
    validation: validation.count,
    classes,
    skipped,
    note,
  }
}

function recordOf(job: TrainJob, net: SizedNet, dataset: Dataset, start: StartEvent): RunRecord {
  const { title, shape, train, validation, note } = dataset
  return {
    format: 'netwright-run',
    version: 1,
    name: net.document.name,
    state: 'running',
    started: new Date().toISOString(),
    settings: job.settings,
    classes: start.classes,
    heads: net.heads.map(({ id }) => id),
    device: start.device,
    data: { title, shape, train: train.count, validation: validation.count, note },
    step: 0,
  }
}

function weightNames({ analysis }: SizedNet): ReadonlySet<string> {
  const { trainable, statistics } = netOf(analysis)
  return new Set([...trainable, ...statistics].map(({ name }) => name))
}

/** Without the optimizer's slots, which no other program and no later run needs. */
function onlyWeights(state: TensorMap, names: ReadonlySet<string>): TensorMap {
  return new Map([...state].filter(([name]) => names.has(name)))
}
