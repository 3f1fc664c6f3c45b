import type { Prediction } from '../../../shared/api.js'
import { AppError } from '../../../shared/errors.js'
import { writeScaled } from '../../data/byte-cache.js'
import type { ImageShape, Part } from '../../data/dataset.js'
import { decodeImage, ImageProblem, readImageFile } from '../../data/image.js'
import { openDataset } from '../../data/open.js'
import type { Job, PredictSource } from '../jobs.js'
import { loadRun } from '../run/load-run.js'
import { classify } from '../measure.js'

/** Probabilities of a run for image files, for one image given as base64, or for the images of a data set in their order. */
export async function predict(job: Extract<Job, { kind: 'predict' }>): Promise<Prediction> {
  const { record, executor } = await loadRun(job.run)
  try {
    const part = await partOf(job.source, record.data.shape)
    const heads = await classify(executor, part, record.data.shape, record.settings.batch)
    const ordered = Object.fromEntries(record.heads.map((id) => [id, heads[id] ?? []]))
    return { classes: record.classes, heads: ordered }
  } finally {
    await executor.dispose()
  }
}

/** The images to classify, fitted as training images were. Of a data set: its test part, or all of it if it has none. */
async function partOf(source: PredictSource, shape: ImageShape): Promise<Part> {
  if (source.kind === 'data') {
    const { validation, train } = await openDataset(source.spec, { shape, validationShare: 0, seed: 0 })
    return validation.count > 0 ? validation : train
  }
  const load =
    source.kind === 'bytes'
      ? [() => decodeNamed('The image', shape, () => Promise.resolve(Buffer.from(source.base64, 'base64')))]
      : source.paths.map((path) => () => decodeNamed(path, shape, () => readImageFile(path)))
  return {
    count: load.length,
    labels: new Int32Array(load.length),
    read: async (index, out, offset) => writeScaled(await (load[index] as (typeof load)[number])(), out, offset),
  }
}

async function decodeNamed(name: string, shape: ImageShape, read: () => Promise<Buffer>): Promise<Uint8Array> {
  try {
    return await decodeImage(await read(), shape)
  } catch (error) {
    if (!(error instanceof ImageProblem)) throw error
    throw new AppError('data/unreadable', `${name} could not be read: ${error.message}`, 'Choose a JPEG or PNG image.')
  }
}
