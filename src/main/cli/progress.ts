import type { HeadMetrics, TrainingEvent } from '../../shared/training/events.js'
import { percent, thousands } from './text.js'

const STEP_EVERY_MS = 1000

/** Tell a person how a run goes: the start, about one step a second, every validation, the end. */
export function describeEvents(say: (text: string) => void, now: () => number = () => performance.now()) {
  let next = now()
  return (events: readonly TrainingEvent[]): void => {
    for (const event of events) {
      if (event.type === 'step' && now() < next) continue
      if (event.type === 'step') next = now() + STEP_EVERY_MS
      say(`${describe(event)}\n`)
    }
  }
}

function describe(event: TrainingEvent): string {
  switch (event.type) {
    case 'start': {
      const skipped = event.skipped.map(({ file, reason }) => `\n  skipped ${file}: ${reason}`).join('')
      const sizes = `${thousands(event.train)} images, ${thousands(event.validation)} for validation`
      return `${event.device} (${event.deviceReason}): ${sizes}, ${thousands(event.steps)} steps${skipped}`
    }
    case 'step': {
      const pace = `${Math.round(event.imagesPerSecond)} images/s`
      return `epoch ${event.epoch}  step ${event.step}  loss ${event.loss.toFixed(4)}  ${heads(event.heads)}  ${pace}`
    }
    case 'validation':
      return `epoch ${event.epoch}  validation loss ${event.loss.toFixed(4)}  ${heads(event.heads)}`
    case 'end':
      return `${event.reason} after ${event.step} steps`
  }
}

function heads(metrics: Readonly<Record<string, HeadMetrics>>): string {
  return Object.entries(metrics)
    .map(([id, { loss, accuracy }]) => `${id} ${loss.toFixed(3)} / ${percent(accuracy)}`)
    .join('  ')
}
