import type { Evaluation, HeadEvaluation } from '../../../shared/api.js'
import { AppError } from '../../../shared/errors.js'
import { answeredClass } from '../../../shared/training/answer.js'
import type { Dataset, Part } from '../../data/dataset.js'
import { openDataset } from '../../data/open.js'
import type { Job } from '../jobs.js'
import { loadRun } from '../run/load-run.js'
import { classify, measure } from '../measure.js'
import { classesFor, headWeightsFor } from '../net.js'
import type { RunRecord } from '../run/runfolder.js'

/** Loss, accuracy and confusion of a run on its own data or on other. */
export async function evaluate(job: Extract<Job, { kind: 'evaluate' }>): Promise<Evaluation> {
  const { record, net, executor } = await loadRun(job.run)
  try {
    const dataset = await openFor(record, job.data)
    const classes = classesFor(dataset, net.heads)
    const part = partFor(dataset, job)
    const { batch } = record.settings
    const headWeights = headWeightsFor(net.heads, record.settings.headWeights)
    const measured = await measure(executor, part, { shape: dataset.shape, batch, headWeights })
    const rows = await classify(executor, part, dataset.shape, batch)
    const heads = net.heads.map(({ id }): [string, HeadEvaluation] => {
      const metrics = measured?.heads[id] ?? { loss: NaN, accuracy: NaN }
      return [id, { ...metrics, confusion: confusion(part.labels, rows[id] ?? [], classes.length) }]
    })
    return { images: part.count, classes, heads: Object.fromEntries(heads) }
  } finally {
    await executor.dispose()
  }
}

/** The run's data with the split it was trained with; other data whole, unless it has a test part of its own. */
function openFor({ settings, data }: RunRecord, spec: string = settings.data): Promise<Dataset> {
  const validationShare = spec === settings.data ? settings.validationShare : 0
  return openDataset(spec, { shape: data.shape, validationShare, seed: settings.seed })
}

function partFor(dataset: Dataset, { part, data }: { part: 'train' | 'validation'; data?: string }): Part {
  if (part === 'train') return dataset.train
  if (dataset.validation.count > 0) return dataset.validation
  if (data !== undefined) return dataset.train
  throw new AppError(
    'data/no-images',
    `${dataset.title} has no validation part.`,
    'Evaluate the training part instead.',
  )
}

/** `[true class][predicted class]` = number of images. */
export function confusion(labels: Int32Array, rows: readonly (readonly number[])[], classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  rows.forEach((row, i) => {
    const answered = answeredClass(row, classes)
    const line = counts[labels[i] as number] as number[]
    line[answered] = (line[answered] as number) + 1
  })
  return counts
}
