import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getBackend, setBackend } from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { partFor } from '../../../src/main/models/part.js'
import { verifyOnnx } from '../../../src/main/models/verify-onnx.js'
import { verifyTfjs } from '../../../src/main/models/verify-tfjs.js'
import { writeModel } from '../../../src/main/models/write.js'
import type { ExportFormat, ExportHeads } from '../../../src/shared/api.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { forward, TfjsExecutor } from './forward.js'
import { net, randomWeights } from './nets.js'

const analysis = analyze(
  net(
    ['photo', 'input', { height: 8, width: 6, channels: 3 }],
    ['conv', 'conv2d', { filters: 4, kernel: [3, 3], stride: [2, 2] }, 'photo'],
    ['norm', 'batch_norm', {}, 'conv'],
    ['flat', 'flatten', {}, 'norm'],
    ['side', 'dense', { units: 5 }, 'flat'],
    ['aux', 'head', { weight: 0.3 }, 'side'],
    ['pool', 'global_average_pool', {}, 'norm'],
    ['drop', 'dropout', {}, 'pool'],
    ['logits', 'dense', { units: 5 }, 'drop'],
    ['main', 'head', {}, 'logits'],
  ),
)
const weights = randomWeights(analysis)

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netwright-export-'))
})
afterEach(() => rm(folder, { recursive: true }))

function write(format: ExportFormat, name: string, heads: ExportHeads = 'all', trained = weights) {
  const executor = new TfjsExecutor(analysis, trained)
  return writeModel({ analysis, weights, format, heads, output: join(folder, name), executor, size: [32, 32] })
}

it('writes an ONNX file that ONNX Runtime computes as the trainer does', async () => {
  const report = await write('onnx', 'model.onnx', 'main')
  const { length } = await readFile(join(folder, 'model.onnx'))
  expect({ ...report, largestDifference: 0 }).toEqual({
    format: 'onnx',
    path: join(folder, 'model.onnx'),
    files: [{ name: 'model.onnx', bytes: length }],
    heads: ['main'],
    dropped: ['flat', 'side', 'aux', 'drop'],
    judge: 'ONNX Runtime 1.30.0',
    images: 8,
    largestDifference: 0,
  })
  expect(report.largestDifference).toBeLessThan(1e-6)
  expect(await readdir(folder)).toEqual(['model.onnx'])
})

it('writes a TensorFlow.js folder, over an earlier one, and leaves the backend as it was', async () => {
  await setBackend('cpu')
  for (const heads of ['all', 'main'] as const) {
    const report = await write('tfjs', 'model', heads)
    expect(report.heads).toEqual(heads === 'all' ? analysis.heads.map(({ id }) => id) : ['main'])
    expect(report.judge).toBe('TensorFlow.js 4.22.0')
    expect(report.files.map(({ name }) => name)).toEqual(['model.json', 'group1-shard1of1.bin'])
    expect(report.dropped).toEqual(heads === 'all' ? [] : ['flat', 'side', 'aux'])
  }
  expect(getBackend()).toBe('cpu')
  expect(await readdir(folder)).toEqual(['model'])
})

it('puts nothing in place if the file computes something else, and keeps what was there', async () => {
  const other = randomWeights(analysis, 2)
  await writeFile(join(folder, 'model.onnx'), 'earlier')
  for (const [format, name] of [
    ['onnx', 'model.onnx'],
    ['tfjs', 'model'],
  ] as const) {
    await expect(write(format, name, 'all', other)).rejects.toMatchObject({ code: 'export/not-equal' })
  }
  expect(await readFile(join(folder, 'model.onnx'), 'utf8')).toBe('earlier')
  expect(await readdir(folder)).toEqual(['model.onnx'])
})

it('never deletes what is not a model', async () => {
  await mkdir(join(folder, 'photos'))
  await writeFile(join(folder, 'photos', 'cat.png'), 'cat')
  for (const format of ['onnx', 'tfjs'] as const) {
    await expect(write(format, 'photos')).rejects.toMatchObject({ code: 'file/exists' })
  }
  expect(await readdir(join(folder, 'photos'))).toEqual(['cat.png'])
  await writeFile(join(folder, 'note'), 'a file')
  await expect(write('tfjs', 'note')).rejects.toMatchObject({ code: 'file/exists' })
})

it('sees a single weight of a written file that has changed, and values that are not numbers', async () => {
  await write('tfjs', 'model')
  const shard = join(folder, 'model', 'group1-shard1of1.bin')
  const reference = await forward(analysis, weights, [8, 6], 2)
  expect((await verifyTfjs(join(folder, 'model'), reference)).largestDifference).toBe(0)
  const bytes = await readFile(shard)
  for (const value of [3, NaN]) {
    bytes.writeFloatLE(value, bytes.length - 4)
    await writeFile(shard, bytes)
    await expect(verifyTfjs(join(folder, 'model'), reference)).rejects.toMatchObject({ code: 'export/not-equal' })
  }
})

it('sees heads in the wrong order', async () => {
  await write('onnx', 'model.onnx')
  const reference = await forward(analysis, weights, [8, 6], 2)
  const [aux, main] = [reference.heads['aux']!, reference.heads['main']!]
  const swapped = { ...reference, heads: { aux: main, main: aux } }
  await expect(verifyOnnx(join(folder, 'model.onnx'), swapped)).rejects.toMatchObject({ code: 'export/not-equal' })
  expect(partFor(analysis, 'all').heads).toContain('aux')
})
