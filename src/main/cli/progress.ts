import type { HeadMetrics, TrainingEvent } from '../../shared/training/events.js'
import { startTraining } from '../trainer/devices/start-training.js'
import type { Job } from '../trainer/jobs.js'
import type { Surroundings } from './command.js'
import { probeTable } from './probe-table.js'
import { jsonLine, megabytes, percent, thousands } from './text.js'

const STEP_EVERY_MS = 1000

/** Run a training to its end, told to a person or, with `json`, one value a line; Ctrl-C ends it after the current step. */
export async function followTraining(
  job: Extract<Job, { kind: 'train' | 'resume' }>,
  world: Surroundings,
  { json }: { readonly json: boolean },
): Promise<void> {
  const print = (events: readonly TrainingEvent[]) => world.out(events.map((event) => jsonLine(event)).join(''))
  const running = startTraining(world, job, json ? print : describeEvents(world.err))
  let asked = false
  const forget = world.onInterrupt(() => {
    if (!asked) world.err('Stopping after this step …\n')
    asked = true
    running.stop()
  })
  await running.result.finally(forget)
}

/** Tell a person how a run goes: the start, about one step a second, every validation, the end. */
function describeEvents(say: (text: string) => void) {
  let next = performance.now()
  return (events: readonly TrainingEvent[]): void => {
    for (const event of events) {
      if (event.type === 'step' && performance.now() < next) continue
      if (event.type === 'step') next = performance.now() + STEP_EVERY_MS
      say(`${describe(event)}\n`)
    }
  }
}

function describe(event: TrainingEvent): string {
  switch (event.type) {
    case 'start': {
      const skipped = event.skipped.map(({ file, reason }) => `\n  skipped ${file}: ${reason}`).join('')
      const sizes = `${thousands(event.train)} images, ${thousands(event.validation)} for validation`
      const on =
        event.resumed === undefined ? '' : `\n  goes on after step ${event.resumed}. ${event.note ?? ''}`.trimEnd()
      return `${event.device} (${event.deviceReason}): ${sizes}, ${thousands(event.steps)} steps${skipped}${on}`
    }
    case 'step': {
      const pace = `${Math.round(event.imagesPerSecond)} images/s`
      return `epoch ${event.epoch}  step ${event.step}  loss ${event.loss.toFixed(4)}  ${heads(event.heads)}  ${pace}`
    }
    case 'validation':
      return `epoch ${event.epoch}  validation loss ${event.loss.toFixed(4)}  ${heads(event.heads)}`
    case 'probe':
      return `epoch ${event.epoch}  look before step ${event.step + 1}\n${probeTable(event)}`.trimEnd()
    case 'head-weights': {
      const weights = Object.entries(event.weights).map(([id, weight]) => `${id} ${weight}`)
      return `after step ${event.step}  head weights ${weights.join(', ')}`
    }
    case 'memory':
      return `memory: ${megabytes(event.peak)} at most until step ${event.step}`
    case 'end':
      return `${event.reason} after ${event.step} steps`
  }
}

function heads(metrics: Readonly<Record<string, HeadMetrics>>): string {
  return Object.entries(metrics)
    .map(([id, { loss, accuracy }]) => `${id} ${loss.toFixed(3)} / ${percent(accuracy)}`)
    .join('  ')
}
