import type { TrainingEvent } from '../../../src/shared/training/events.js'
import { countedEvents } from '../../../src/shared/training/history.js'

/** An event without what depends on clocks. */
export function timeless(event: TrainingEvent): TrainingEvent {
  return event.type === 'step' ? { ...event, imagesPerSecond: 0 } : event
}

/** What a run told, without what depends on clocks, memory, stops and starts. */
export function comparable(events: readonly TrainingEvent[]): readonly TrainingEvent[] {
  return countedEvents(events)
    .filter(({ type }) => type !== 'start' && type !== 'memory')
    .map(timeless)
}
