import { AppError } from '../../../shared/errors.js'
import type { TrainingEvent } from '../../../shared/training/events.js'
import { withSmallerBatch } from '../../engine/out-of-memory.js'
import type { ChosenDevice, Job, JobResult, Launcher, RunningJob } from '../jobs.js'
import { chooseDevice, forgetChoice, type Chooser } from './choose.js'
import { rememberPeaks } from './remember-peaks.js'

type TrainJob = Extract<Job, { kind: 'train' | 'resume' }>
type Listener = (events: readonly TrainingEvent[]) => void

/**
 * Start a training, after a choice of its device where the settings leave it open. A device of an earlier choice that has
 * gone since is chosen anew. Memory that was not enough is reported with the batch to try next.
 */
export function startTraining(chooser: Chooser, job: TrainJob, onEvents: Listener): RunningJob<JobResult<TrainJob>> {
  // A device that is shared out, or a run that goes on with other settings, says nothing of the net's own need.
  const remember = job.kind === 'train' && !job.workers ? rememberPeaks(chooser.home, job) : () => undefined
  const hear: Listener = (events) => {
    remember(events)
    onEvents(events)
  }
  let current: RunningJob<unknown> | undefined
  let state: 'going on' | 'stopping' | 'killed' = 'going on'
  const launcher: Launcher = {
    run(one, listener) {
      if (state === 'killed') throw new AppError('trainer/crashed', 'The training was ended before it began.')
      const running = chooser.launcher.run(one, listener)
      current = running
      return running
    },
  }
  const begin = (chosen?: ChosenDevice) => {
    const running = launcher.run({ ...job, ...(chosen && { chosen }) } as TrainJob, hear)
    if (state === 'stopping') running.stop()
    return running.result
  }
  const result = withDevice({ ...chooser, launcher }, job, begin).catch((error: unknown) => {
    throw job.kind === 'train' ? withSmallerBatch(error, job.settings) : error
  })
  return {
    result,
    stop() {
      state = 'stopping'
      current?.stop()
    },
    weigh: (weights) => current?.weigh(weights),
    kill() {
      state = 'killed'
      current?.kill()
    },
  }
}

async function withDevice<R>(
  chooser: Chooser,
  job: TrainJob,
  begin: (chosen?: ChosenDevice) => Promise<R>,
): Promise<R> {
  if (job.kind === 'resume' || job.workers || job.settings.device !== 'auto') return begin()
  const { device, reason } = await chooseDevice(chooser, job)
  try {
    return await begin({ device, reason })
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'device/unavailable') throw error
    await forgetChoice(chooser, job)
    const again = await chooseDevice(chooser, job)
    if (again.device === device) throw error
    return begin({ device: again.device, reason: again.reason })
  }
}
