import { NO_PLATEAU } from '../../../shared/training/schedules.js'
import { follow } from '../follow.js'
import type { Job, JobContext } from '../jobs.js'
import { keepIn, KEEP_NOTHING } from '../run/keeper.js'
import { prepare } from '../prepare.js'
import { startEvent, startRecord } from '../run/start.js'
import { startState } from '../run/start-state.js'

/**
 * Train a document: check it again, open the data, make the executor, run the loop, keep everything in the run folder. Ends
 * with an `end` event whatever happens after the `start` event; errors before it leave no run behind.
 */
export async function train(
  job: Extract<Job, { kind: 'train' }>,
  context: JobContext,
): Promise<{ readonly step: number }> {
  const { settings, document, folder, weights, chosen, workers } = job
  const prepared = await prepare(document, settings, chosen, workers)
  const { executor, net, headWeights, device } = prepared
  try {
    const state = await startState(net.analysis, settings.seed, weights)
    executor.setState(state)
    const start = startEvent(prepared)
    // Weights drawn from the seed can be drawn again; others may be gone when the run is to go on.
    const beginning = weights === undefined ? undefined : { position: { step: 0, settings, device }, state }
    const record = startRecord(prepared)
    const keeper = folder === undefined ? KEEP_NOTHING : await keepIn(folder, document, record, beginning)
    const progress = { step: 0, closed: 0, headWeights, plateau: NO_PLATEAU }
    return await follow({ ...prepared, start, keeper, wishes: [], progress }, context)
  } finally {
    await executor.dispose()
  }
}
