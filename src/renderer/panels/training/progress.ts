import type { Run } from '../../stores/run.js'
import { grouped, scientific } from '../../ui/format.js'
import { bytesWords } from '../export/words.js'

/** Share of a run's steps that are done, 0 to 1; `undefined` before it has told how many there are. */
export function doneShare({ start, step }: Run): number | undefined {
  if (!start || start.steps === 0) return undefined
  return Math.min(1, (step?.step ?? 0) / start.steps)
}

/** Seconds to the end at the present pace; validation not counted. */
export function secondsLeft({ start, step, settings }: Run): number | undefined {
  if (!start || !step || !(step.imagesPerSecond > 0)) return undefined
  return ((start.steps - step.step) * settings.batch) / step.imagesPerSecond
}

/** `48 s`, `12 min`, `1 h 12 min`, `3 d 4 h`. */
export function durationWords(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}

/** `epoch 4 of 30 · step 1,840 · 42 images/s · 1 h 12 min left` while a run goes on; how it ended and what it took afterwards. */
export function statusWords(run: Run): string {
  const { start, step } = run
  if (run.state === 'starting' || (run.state === 'running' && !step)) return 'getting ready: data, net, device'
  const at = step ? [`epoch ${step.epoch} of ${run.settings.epochs}`, `step ${grouped(step.step)}`] : []
  if (run.state === 'stopping') return [...at, 'pausing after this step'].join(' · ')
  if (run.state === 'running') {
    const left = secondsLeft(run)
    return [
      ...at,
      `${pace(step?.imagesPerSecond ?? 0)} images/s`,
      rateWords(run),
      left === undefined ? '' : `${durationWords(left)} left`,
    ]
      .filter(Boolean)
      .join(' · ')
  }
  const steps = step ? `after ${grouped(step.step)} of ${grouped(start?.steps ?? step.step)} steps` : ''
  const how = { finished: 'finished', stopped: 'paused', failed: 'ended by an error' }[run.state]
  const ended = [how, steps].filter(Boolean).join(' ')
  return run.memory ? `${ended} · memory ${bytesWords(run.memory.peak)}` : ended
}

/** `rate 0.0123`, where the rate moves. */
function rateWords({ settings: { schedule, warmupSteps }, step }: Run): string {
  return step && (schedule !== 'constant' || warmupSteps > 0) ? `rate ${scientific(step.learningRate)}` : ''
}

/** `epoch 4 of 30 · 42 images/s · 1 h 12 min left`: what fits the top bar. */
export function shortStatusWords(run: Run): string {
  const { step } = run
  const left = secondsLeft(run)
  if (run.state !== 'running' || !step || left === undefined) return statusWords(run)
  const epoch = `epoch ${step.epoch} of ${run.settings.epochs}`
  return `${epoch} · ${pace(step.imagesPerSecond)} images/s · ${durationWords(left)} left`
}

/** Three digits are enough for a pace. */
export function pace(imagesPerSecond: number): string {
  return imagesPerSecond >= 10 ? grouped(Math.round(imagesPerSecond)) : imagesPerSecond.toFixed(1)
}
