import type { DataSummary } from '../../../shared/api.js'
import type { Dataset } from '../../data/dataset.js'
import { encodePng } from '../../data/image.js'
import { openDataset } from '../../data/open.js'
import type { Job } from '../jobs.js'

const SAMPLES = 20
/** Height and width of the largest preview, in px. */
const LARGEST = 96

/** What a data set holds, with a few training images of each class. */
export async function describe(job: Extract<Job, { kind: 'describe' }>): Promise<DataSummary> {
  const { data, validationShare, seed } = job
  const dataset = await openDataset(data, { largest: LARGEST, validationShare, seed })
  const perClass = new Array<number>(dataset.classes.length).fill(0)
  for (const label of dataset.train.labels) perClass[label] = (perClass[label] ?? 0) + 1
  const samples = []
  for (const index of chosen(dataset)) {
    samples.push({ label: dataset.train.labels[index] as number, png: await previewOf(dataset, index) })
  }
  return {
    spec: data,
    title: dataset.title,
    classes: dataset.classes,
    shape: dataset.stored,
    train: dataset.train.count,
    validation: dataset.validation.count,
    perClass,
    skipped: dataset.skipped,
    samples,
  }
}

/** The first images of each class, as many of each as have room. */
function chosen({ classes, train }: Dataset): readonly number[] {
  const each = Math.max(1, Math.floor(SAMPLES / classes.length))
  const taken = new Map<number, number[]>()
  train.labels.forEach((label, index) => {
    const own = taken.get(label) ?? []
    if (own.length < each) taken.set(label, [...own, index])
  })
  const byClass = [...taken].sort(([a], [b]) => a - b)
  return byClass.flatMap(([, indices]) => indices).slice(0, SAMPLES)
}

async function previewOf({ train, shape }: Dataset, index: number): Promise<string> {
  const values = new Float32Array(shape[0] * shape[1] * shape[2])
  await train.read(index, values, 0)
  return (await encodePng(stretched(values), shape)).toString('base64')
}

/** Values 0…1 as they are; others (float arrays may hold any) moved into 0…1. */
function stretched(values: Float32Array): Float32Array {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  if (low >= 0 && high <= 1) return values
  const range = high - low || 1
  return values.map((value) => (value - low) / range)
}
