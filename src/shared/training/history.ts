import type { HeadWeightsEvent, TrainingEvent } from './events.js'

/**
 * The events of a run that count, in order: where it goes on after update k, what it had told of later ones is left out, and so
 * are ends that were none.
 */
export function countedEvents(events: readonly TrainingEvent[]): readonly TrainingEvent[] {
  let counted: TrainingEvent[] = []
  for (const event of events) {
    const resumed = event.type === 'start' ? event.resumed : undefined
    if (resumed !== undefined) counted = counted.filter((earlier) => stillCounts(earlier, resumed))
    counted.push(event)
  }
  return counted
}

/** True for what a run that goes on after `resumed` updates had told and will not tell again; looks come before an update. */
function stillCounts(event: TrainingEvent, resumed: number): boolean {
  if (event.type === 'start') return true
  if (event.type === 'end') return false
  return event.type === 'probe' ? event.step < resumed : event.step <= resumed
}

/**
 * Every wish for other head weights, by the update before which it came, also of updates that a crash took back: a run that
 * goes on repeats them in their places. A new wish takes back those that had come later.
 */
export function headWeightWishes(events: readonly TrainingEvent[]): readonly HeadWeightsEvent[] {
  let wishes: HeadWeightsEvent[] = []
  for (const event of events) {
    if (event.type !== 'head-weights') continue
    const known = wishes.some(({ step, weights }) => step === event.step && sameWeights(weights, event.weights))
    if (!known) wishes = [...wishes.filter(({ step }) => step < event.step), event]
  }
  return wishes
}

function sameWeights(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}
