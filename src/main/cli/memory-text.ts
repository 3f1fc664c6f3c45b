import { fitOf, imagesAtOnce, largestBatch, type MemoryEstimate } from '../../shared/training/memory-need.js'
import type { TrainingSettings } from '../../shared/training/settings.js'
import { megabytes, table, thousands } from './text.js'

/** What a training takes, in the stable form that scripts rely on. */
export function plainMemory(estimate: MemoryEstimate, settings: TrainingSettings) {
  const largest = largestBatch(estimate, settings)
  const fit = fitOf(estimate.needed, estimate)
  return { ...estimate, batch: settings.batch, fit, ...(largest !== undefined && { largestBatch: largest }) }
}

const BASIS = {
  estimated: 'estimated from the net',
  traced: 'from the traced step',
  measured: 'from the last run of this net',
} as const

const FIT = {
  fits: 'It fits.',
  tight: 'It fits, with little to spare.',
  'too-large': 'It does not fit.',
  unknown: 'The device does not tell how much memory it has.',
} as const

/** The same for a person. */
export function describeMemory(estimate: MemoryEstimate, settings: TrainingSettings): string {
  const { device, basis, runtime, state, values, needed, total, free } = estimate
  const rows = [
    ['libraries', megabytes(runtime)],
    ['weights and optimizer', megabytes(state)],
    [`values of ${thousands(imagesAtOnce(settings))} images`, megabytes(values)],
    ['needed at most', megabytes(needed)],
    ...(free === undefined ? [] : [['free now', megabytes(free)]]),
    ...(total === undefined ? [] : [['of', megabytes(total)]]),
  ]
  const fit = fitOf(needed, estimate)
  const largest = largestBatch(estimate, settings)
  const most = largest === undefined ? '' : ` The largest batch with something to spare is ${thousands(largest)}.`
  return `Memory on ${device} with a batch of ${thousands(settings.batch)}, ${BASIS[basis]}:\n${table(rows, [1])}${FIT[fit]}${most}\n`
}
