import type { ProbeEvent } from '../../../shared/training/events.js'
import { rateAt } from '../../../shared/training/schedules.js'
import { latestCheckpoint } from '../run/checkpoint.js'
import type { Job } from '../jobs.js'
import { deviceBefore, prepare } from '../prepare.js'
import { progressAt } from './resume.js'
import { readEvents, readRecord, readRunDocument } from '../run/runfolder.js'
import { startEvent } from '../run/start.js'
import { startState } from '../run/start-state.js'
import { batchLoader, look, partsOf } from '../update.js'

/** What the next update of a run would do, from its newest checkpoint, which stays as it is; `run/damaged`. */
export async function probe({ run }: Extract<Job, { kind: 'probe' }>): Promise<ProbeEvent> {
  const record = await readRecord(run)
  const { settings } = record
  const checkpoint = await latestCheckpoint(run)
  const prepared = await prepare(await readRunDocument(run), settings, deviceBefore(record))
  const { executor, net, dataset } = prepared
  try {
    const state = checkpoint?.state ?? (await startState(net.analysis, settings.seed))
    executor.setState(state)
    const { steps, stepsPerEpoch } = startEvent(prepared)
    const { step, headWeights, plateau } = progressAt(checkpoint?.position.step ?? 0, await readEvents(run), prepared)
    const learningRate = rateAt(settings, { step, steps, stepsPerEpoch, plateau })
    const batch = await batchLoader({ settings, dataset, stepsPerEpoch })(step)
    const [part] = partsOf(batch, settings.microBatches)
    const feeds = { ...part!, learningRate, step, seed: settings.seed, headWeights }
    return await look({ executor, analysis: net.analysis, stepsPerEpoch }, feeds, step)
  } finally {
    await executor.dispose()
  }
}
