import { errorData } from '../../shared/errors.js'
import { averageName, CORRECTION, netOf } from '../../shared/program/state.js'
import type { EndEvent, HeadWeightsEvent, StartEvent } from '../../shared/training/events.js'
import { isHostMemory } from '../../shared/training/memory-need.js'
import type { TensorMap } from '../engine/executor.js'
import { runtimeError, withSmallerBatch } from '../engine/out-of-memory.js'
import { eventQueue } from './event-queue.js'
import type { JobContext } from './jobs.js'
import type { Keeper } from './run/keeper.js'
import { loop } from './loop.js'
import type { SizedNet } from './net.js'
import { refuseNotFiniteState } from './not-finite.js'
import { memoryTeller } from './memory.js'
import type { Prepared } from './prepare.js'
import type { Plan, Progress } from './plan.js'

/** A training that is ready: its executor has the state after `progress.step` updates. */
export interface Ready extends Prepared {
  readonly start: StartEvent
  readonly progress: Progress
  readonly wishes: readonly HeadWeightsEvent[]
  readonly keeper: Keeper
}

/** From the `start` event to the `end` event, which the folder has before the parent is told. */
export async function follow(ready: Ready, context: JobContext): Promise<{ readonly step: number }> {
  const { start, progress, keeper } = ready
  const queue = eventQueue(async (events) => {
    await keeper.events(events)
    context.send(events)
  })
  try {
    queue.push(start)
    await queue.flush()
    const reason = await loop(planOf(ready, context, queue), progress)
    const { step } = progress
    await keeper.record({ state: reason, ended: new Date().toISOString(), step })
    queue.push({ type: 'end', reason, step })
    await queue.flush()
    return { step }
  } catch (thrown) {
    const problem = withSmallerBatch(runtimeError(thrown, ready.device), ready.settings)
    await queue.flush().catch(() => undefined)
    const end: EndEvent = { type: 'end', reason: 'failed', step: progress.step, error: errorData(problem) }
    await keepFailure(keeper, end)
    context.send([end])
    throw problem
  }
}

function planOf(ready: Ready, context: JobContext, queue: ReturnType<typeof eventQueue>): Plan {
  const { settings, dataset, executor, keeper, wishes, start, device } = ready
  const names = weightNames(ready.net)
  let kept = start.resumed ?? -1
  const checkpoint = async (step: number) => {
    const state = await executor.getState()
    refuseNotFiniteState(state, step, settings.learningRate)
    // First what led there: a run that goes on from a checkpoint finds everything that was told before it.
    await queue.flush()
    if (kept !== step) await keeper.checkpoint({ step, settings, device }, state)
    kept = step
    return state
  }
  return {
    settings,
    analysis: ready.net.analysis,
    dataset,
    executor,
    wishes,
    steps: start.steps,
    stepsPerEpoch: start.stepsPerEpoch,
    emit: queue.push,
    stopped: () => context.stopped() || keeper.stopWished(),
    wished: () => context.wished?.(),
    // Of other devices only they could tell.
    tellMemory: isHostMemory(device) ? memoryTeller(queue.push) : () => undefined,
    checkpoint: async (step) => void (await checkpoint(step)),
    keep: async (step, lastValidation) => {
      const state = await checkpoint(step)
      await keeper.weights(onlyWeights(state, names))
      await keeper.record({ step, ...(lastValidation && { lastValidation }) })
    },
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

/** What other programs, and evaluation and prediction, need of a state: of weights their moving averages, where such are kept. */
function onlyWeights(state: TensorMap, names: ReadonlySet<string>): TensorMap {
  const correction = state.get(CORRECTION)?.data[0] ?? 0
  const kept = [...state].filter(([name]) => names.has(name))
  if (correction === 0) return new Map(kept)
  return new Map(
    kept.map(([name, tensor]) => {
      const sum = state.get(averageName(name))
      return [name, sum ? { shape: sum.shape, data: sum.data.map((value) => value / correction) } : tensor]
    }),
  )
}
