import { parse } from '../../shared/document/file.js'
import { errorData } from '../../shared/errors.js'
import { netOf } from '../../shared/program/state.js'
import type { EndEvent, StartEvent } from '../../shared/training/events.js'
import { openDataset } from '../data/open.js'
import { createExecutor } from '../engine/create-executor.js'
import type { TensorMap } from '../engine/executor.js'
import { chooseDevice } from './devices.js'
import { eventQueue } from './event-queue.js'
import type { Job, JobContext } from './jobs.js'
import { keepIn, KEEP_NOTHING, type Keeper } from './keeper.js'
import { loop, type Plan } from './loop.js'
import { classesFor, headWeightsFor, sizeNet, wantedSize, type SizedNet } from './net.js'
import { startEvent, startRecord } from './start.js'
import { startState } from './start-state.js'

type TrainJob = Extract<Job, { kind: 'train' }>
type Setting = Omit<Plan, 'emit' | 'stopped' | 'keep'> & { readonly net: SizedNet }

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
  const headWeights = headWeightsFor(net.heads, settings.headWeights)
  const { device, reason } = chooseDevice(settings.device)
  const executor = createExecutor(net.analysis, { device, optimizer: settings.optimizer, rules: settings })
  try {
    executor.setState(await startState(net.analysis, seed, job.weights))
    const beginning = { settings, net, dataset, classes, device: executor.device, reason }
    const start = startEvent(beginning)
    const keeper =
      job.folder === undefined ? KEEP_NOTHING : await keepIn(job.folder, job.document, startRecord(beginning))
    const { steps, stepsPerEpoch } = start
    return await follow({ settings, dataset, executor, headWeights, steps, stepsPerEpoch, net }, start, keeper, context)
  } finally {
    await executor.dispose()
  }
}

/** From the `start` event to the `end` event, which the folder has before the parent is told. */
async function follow(setting: Setting, start: StartEvent, keeper: Keeper, context: JobContext) {
  const queue = eventQueue(async (events) => {
    await keeper.events(events)
    context.send(events)
  })
  const names = weightNames(setting.net)
  const plan: Plan = {
    ...setting,
    emit: queue.push,
    stopped: context.stopped,
    keep: async (step, lastValidation) => {
      await keeper.weights(onlyWeights(setting.executor.getState(), names))
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
    await queue.flush().catch(() => undefined)
    const end: EndEvent = { type: 'end', reason: 'failed', step: progress.step, error: errorData(problem) }
    await keepFailure(keeper, end)
    context.send([end])
    throw problem
  }
}

/** The disk may be what failed: then the first error counts, and the parent is told all the same. */
async function keepFailure(keeper: Keeper, end: EndEvent): Promise<void> {
  const { step, error } = end
  await keeper.events([end]).catch(() => undefined)
  const change = { state: 'failed', ended: new Date().toISOString(), step, ...(error && { error }) } as const
  await keeper.record(change).catch(() => undefined)
}

function weightNames({ analysis }: SizedNet): ReadonlySet<string> {
  const { trainable, statistics } = netOf(analysis)
  return new Set([...trainable, ...statistics].map(({ name }) => name))
}

/** Without the optimizer's slots, which no other program and no later run needs. */
function onlyWeights(state: TensorMap, names: ReadonlySet<string>): TensorMap {
  return new Map([...state].filter(([name]) => names.has(name)))
}
