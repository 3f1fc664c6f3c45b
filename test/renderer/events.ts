import type { RunSummary } from '../../src/shared/api.js'
import type { EndEvent, HeadMetrics, StartEvent, StepEvent, ValidationEvent } from '../../src/shared/training/events.js'
import { DEFAULT_SETTINGS } from '../../src/shared/training/settings.js'

/** Loss and accuracy of heads: `{ main: [2.3, 0.1] }`. */
export type HeadNumbers = Readonly<Record<string, readonly [loss: number, accuracy: number]>>

const heads = (numbers: HeadNumbers): Record<string, HeadMetrics> =>
  Object.fromEntries(Object.entries(numbers).map(([id, [loss, accuracy]]) => [id, { loss, accuracy }]))

export function startEvent(part: Partial<StartEvent> = {}): StartEvent {
  return {
    type: 'start',
    device: 'CPU · ONNX Runtime',
    deviceReason: 'the only device here',
    stepsPerEpoch: 10,
    steps: 30,
    train: 320,
    validation: 32,
    classes: ['cat', 'dog'],
    skipped: [],
    ...part,
  }
}

export function stepEvent(step: number, numbers: HeadNumbers, part: Partial<StepEvent> = {}): StepEvent {
  const metrics = heads(numbers)
  const loss = Object.values(metrics).reduce((sum, head) => sum + head.loss, 0)
  return { type: 'step', step, epoch: 1, loss, heads: metrics, learningRate: 0.02, imagesPerSecond: 64, ...part }
}

export function validationEvent(step: number, epoch: number, numbers: HeadNumbers): ValidationEvent {
  return { type: 'validation', step, epoch, loss: 1, heads: heads(numbers) }
}

export function endEvent(part: Partial<EndEvent> = {}): EndEvent {
  return { type: 'end', reason: 'finished', step: 30, ...part }
}

export function runSummary(part: Partial<RunSummary> = {}): RunSummary {
  return {
    id: 'run-1',
    name: 'Inception-mini',
    state: 'running',
    started: '2026-01-02T10:00:00.000Z',
    settings: DEFAULT_SETTINGS,
    classes: ['cat', 'dog'],
    heads: ['main', 'aux'],
    ...part,
  }
}
