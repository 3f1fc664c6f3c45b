import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppError } from '../../../../src/shared/errors.js'
import { DEFAULT_SETTINGS } from '../../../../src/shared/training/settings.js'
import { startTraining } from '../../../../src/main/trainer/devices/start-training.js'
import type { Job, JobResults, Launcher } from '../../../../src/main/trainer/jobs.js'
import { tinyDocument } from '../tiny.js'

let home: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'home-'))
})
afterEach(() => rm(home, { recursive: true }))

/** A computer whose devices have these speeds; `gone` cannot be started any more. */
function computer(speeds: Partial<Record<string, number>>, fail: (job: Job) => AppError | undefined = () => undefined) {
  const jobs: Job[] = []
  const answer = (job: Job): JobResults[keyof JobResults] => {
    if (job.kind === 'devices') return Object.keys(speeds) as JobResults['devices']
    if (job.kind === 'device') return { detail: 'there', version: '1' }
    if (job.kind === 'benchmark') return { imagesPerSecond: speeds[job.device]!, losses: [1, 1, 1], batch: 8 }
    return { step: 1 }
  }
  const run = (job: Job) => {
    jobs.push(job)
    const error = fail(job)
    const result = error ? Promise.reject(error) : Promise.resolve(answer(job))
    return { result, stop: () => undefined, weigh: () => undefined, kill: () => undefined }
  }
  return { jobs, chooser: { launcher: { run } as unknown as Launcher, home, version: '1' } }
}

const job = { kind: 'train', document: tinyDocument(), settings: { ...DEFAULT_SETTINGS, batch: 8 } } as const
const deviceOf = (jobs: readonly Job[]) => jobs.flatMap((one) => (one.kind === 'train' ? [one.chosen?.device] : []))
const kinds = (jobs: readonly Job[]) => jobs.map(({ kind }) => kind)

it('measures every device before the first training of a net, and remembers the choice at home', async () => {
  const first = computer({ 'onnx-cpu': 10, 'tensorflow-cpu': 30 })
  await startTraining(first.chooser, job, () => undefined).result
  expect(kinds(first.jobs)).toEqual(['devices', 'device', 'device', 'benchmark', 'benchmark', 'train'])
  expect(deviceOf(first.jobs)).toEqual(['tensorflow-cpu'])
  const again = computer({ 'onnx-cpu': 1000 })
  await startTraining(again.chooser, job, () => undefined).result
  expect(kinds(again.jobs)).toEqual(['train'])
  expect(deviceOf(again.jobs)).toEqual(['tensorflow-cpu'])
  const wider = computer({ 'onnx-cpu': 1000, 'tensorflow-cpu': 30 })
  await startTraining(wider.chooser, { ...job, settings: { ...job.settings, batch: 9 } }, () => undefined).result
  expect(deviceOf(wider.jobs)).toEqual(['onnx-cpu'])
  const book = JSON.parse(await readFile(join(home, 'benchmarks.json'), 'utf8')) as { choices: object }
  expect(Object.keys(book.choices)).toHaveLength(2)
})

it('measures nothing where the settings name a device, where there is only one, and where the file is damaged', async () => {
  const named = computer({ 'onnx-cpu': 10, 'tensorflow-cpu': 30 })
  const settings = { ...job.settings, device: 'onnx-cpu' } as const
  await startTraining(named.chooser, { ...job, settings }, () => undefined).result
  expect(named.jobs).toEqual([{ ...job, settings }])
  await writeFile(join(home, 'benchmarks.json'), 'not JSON')
  const alone = computer({ 'onnx-cpu': 10 })
  await startTraining(alone.chooser, job, () => undefined).result
  expect(kinds(alone.jobs)).toEqual(['devices', 'device', 'train'])
})

it('chooses again when the device of an earlier choice is gone', async () => {
  await startTraining(computer({ 'onnx-cpu': 10, 'onnx-webgpu': 90 }).chooser, job, () => undefined).result
  const later = computer({ 'onnx-cpu': 10 }, (one) => {
    const onCard = one.kind === 'train' && one.chosen?.device === 'onnx-webgpu'
    return onCard ? new AppError('device/unavailable', 'The card was taken out.') : undefined
  })
  await startTraining(later.chooser, job, () => undefined).result
  expect(deviceOf(later.jobs)).toEqual(['onnx-webgpu', 'onnx-cpu'])
})

it('names the parts and the batch to try when the memory was not enough', async () => {
  const full = computer({ 'onnx-cpu': 1 }, (one) => {
    return one.kind === 'train' ? new AppError('device/out-of-memory', 'Full.', 'Smaller.') : undefined
  })
  const hintFor = async (batch: number) => {
    const settings = { ...job.settings, batch }
    const { result } = startTraining(full.chooser, { ...job, settings }, () => undefined)
    return result.catch((error: unknown) => (error as AppError).hint)
  }
  const hint = 'Compute each batch in 3 parts instead of 1, use a batch of 16 instead of 33, or smaller images.'
  expect(await hintFor(33)).toBe(hint)
  expect(await hintFor(1)).toBe('One image at a time is the least already: use smaller images or a smaller net.')
})
