import { createHash } from 'node:crypto'
import { AppError } from '../../../shared/errors.js'
import type { StartEvent } from '../../../shared/training/events.js'
import type { TrainingSettings } from '../../../shared/training/settings.js'
import type { Dataset } from '../../data/dataset.js'
import { trainingBatches } from '../../data/pipeline.js'
import { ownMark } from '../../storage/process.js'
import type { Prepared } from '../prepare.js'
import type { RunRecord } from './runfolder.js'

/** First event of a run; `data/no-images` if nothing is left to train on. */
export function startEvent({ settings, dataset, classes, device, reason }: Prepared): StartEvent {
  const { train, validation, skipped, note } = dataset
  if (train.count === 0) {
    throw new AppError('data/no-images', `${dataset.title} has no images to train on.`, 'Keep fewer for validation.')
  }
  refuseUnfit(settings, dataset)
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

/** Settings that only the data can tell to be impossible: `input/invalid`. */
function refuseUnfit({ batch, microBatches, schedule }: TrainingSettings, { train, validation, title }: Dataset): void {
  const images = Math.min(batch, train.count)
  if (images % microBatches !== 0) {
    const message = `A batch of ${images} images cannot be computed in ${microBatches} equal parts.`
    throw new AppError('input/invalid', message, `Choose a number of parts that divides ${images}.`)
  }
  if (schedule !== 'plateau' || validation.count > 0) return
  throw new AppError(
    'input/invalid',
    `The schedule plateau follows the validation loss, but ${title} has no validation part.`,
    'Keep a share of the images for validation, or choose another schedule.',
  )
}

/** Record of a run that begins now. */
export function startRecord({ settings, net, dataset, classes, device, reason }: Prepared): RunRecord {
  const { title, shape, train, validation, note } = dataset
  return {
    format: 'netwright-run',
    version: 1,
    ...ownMark(),
    name: net.document.name,
    state: 'running',
    started: new Date().toISOString(),
    settings,
    classes,
    heads: net.heads.map(({ id }) => id),
    device,
    deviceReason: reason,
    data: { title, shape, train: train.count, validation: validation.count, note, digest: digestOf(dataset) },
    step: 0,
  }
}

/** Record of a run that goes on; `data/changed` if it would go on with other images than it began with. */
export function goesOn(record: RunRecord, prepared: Prepared): RunRecord {
  const { settings, dataset, classes, device, reason } = prepared
  const { data } = record
  const counts = (train: number, validation: number) => `${train} images to train on and ${validation} for validation`
  const same = data.digest === undefined || data.digest === digestOf(dataset)
  if (!same || String(classes) !== String(record.classes)) {
    throw new AppError(
      'data/changed',
      `${dataset.title} has ${counts(dataset.train.count, dataset.validation.count)}; the run began with ${counts(data.train, data.validation)}, or other labels.`,
      'Put the data back as it was, or start a new run from the weights of this one.',
    )
  }
  const { ended: _, error: __, process: ___, processStart: ____, ...kept } = record
  return { ...kept, ...ownMark(), state: 'running', settings, device, deviceReason: reason }
}

/** A hash of the labels of all images in their order: cheap to read, and other for other data. */
function digestOf({ train, validation }: Dataset): string {
  const hash = createHash('sha256')
  for (const { labels, count } of [train, validation]) {
    hash.update(`${count};`).update(new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength))
  }
  return hash.digest('hex')
}
