import { AppError } from '../../shared/errors.js'
import type { StartEvent } from '../../shared/training/events.js'
import type { TrainingSettings } from '../../shared/training/settings.js'
import type { Dataset } from '../data/dataset.js'
import { trainingBatches } from '../data/pipeline.js'
import type { SizedNet } from './net.js'
import type { RunRecord } from './runfolder.js'

interface Beginning {
  readonly settings: TrainingSettings
  readonly net: SizedNet
  readonly dataset: Dataset
  readonly classes: readonly string[]
  readonly device: string
  readonly reason: string
}

/** First event of a run; `data/no-images` if nothing is left to train on. */
export function startEvent({ settings, dataset, classes, device, reason }: Beginning): StartEvent {
  const { train, validation, skipped, note } = dataset
  if (train.count === 0) {
    throw new AppError('data/no-images', `${dataset.title} has no images to train on.`, 'Keep fewer for validation.')
  }
  const stepsPerEpoch = trainingBatches(train.count, settings.batch)
  return {
    type: 'start',
    device,
    deviceReason: reason,
    stepsPerEpoch,
    steps: settings.steps ?? settings.epochs * stepsPerEpoch,
    train: train.count,
    validation: validation.count,
    classes,
    skipped,
    note,
  }
}

/** Record of a run that begins now. */
export function startRecord({ settings, net, dataset, classes, device }: Beginning): RunRecord {
  const { title, shape, train, validation, note } = dataset
  return {
    format: 'netwright-run',
    version: 1,
    process: process.pid,
    name: net.document.name,
    state: 'running',
    started: new Date().toISOString(),
    settings,
    classes,
    heads: net.heads.map(({ id }) => id),
    device,
    data: { title, shape, train: train.count, validation: validation.count, note },
    step: 0,
  }
}
