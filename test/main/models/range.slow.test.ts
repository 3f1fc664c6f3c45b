import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createExecutor } from '../../../src/main/engine/create-executor.js'
import type { Executor } from '../../../src/main/engine/executor.js'
import { onnxModel } from '../../../src/main/models/onnx.js'
import { partFor } from '../../../src/main/models/part.js'
import { writeModel } from '../../../src/main/models/write.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { hasTensorFlow } from '../engine/runtimes.js'
import { batchFor } from '../engine/net.js'
import { net, randomWeights } from './nets.js'

const [MEAN, DEVIATION] = [
  [0.485, 0.456, 0.406],
  [0.229, 0.224, 0.225],
]
type Pixel = (x: number, channel: number) => number

/** Ranges, and what becomes of a pixel of 0 to 1 by their definitions. */
const ranges: readonly (readonly [words: string, params: Readonly<Record<string, unknown>>, pixel: Pixel])[] = [
  ['0 to 1', {}, (x) => x],
  ['-1 to 1', { range: '-1 to 1' }, (x) => 2 * x - 1],
  ['0 to 255', { range: '0 to 255' }, (x) => 255 * x],
  ['ImageNet mean and deviation', { range: 'ImageNet' }, (x, c) => (x - MEAN[c]!) / DEVIATION[c]!],
  ['mean 0.5, deviation 2', { range: 'own', mean: [0.5], deviation: [2] }, (x) => (x - 0.5) / 2],
  ['mean 0.5, deviation 1 2 4', { range: 'own', mean: [0.5], deviation: [1, 2, 4] }, (x, c) => (x - 0.5) / 2 ** c],
  ['mean 0, deviation 1', { range: 'own' }, (x) => x],
]

const analysisOf = (params: object, channels = 3) =>
  analyze(
    net(
      ['photo', 'input', { height: 6, width: 5, channels, ...params }],
      ['conv', 'conv2d', { filters: 4, kernel: [3, 3], padding: 'valid' }, 'photo'],
      ['norm', 'batch_norm', {}, 'conv'],
      ['act', 'tanh', {}, 'norm'],
      ['pool', 'global_average_pool', {}, 'act'],
      ['logits', 'dense', { units: 4 }, 'pool'],
      ['main', 'head', {}, 'logits'],
    ),
  )

const plain = analysisOf({})
const weights = randomWeights(plain)
const devices = hasTensorFlow ? (['onnx-cpu', 'tensorflow-cpu'] as const) : (['onnx-cpu'] as const)

let folder: string
const open: Executor[] = []
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netwright-range-'))
})
afterEach(async () => {
  for (const executor of open.splice(0)) await executor.dispose()
  await rm(folder, { recursive: true })
})

function started(analysis: typeof plain, device: (typeof devices)[number]) {
  const executor = createExecutor(analysis, { device, optimizer: 'sgd' })
  executor.setState(weights)
  open.push(executor)
  return executor
}

describe.each(ranges)('images of %s', (words, params, pixel) => {
  const analysis = analysisOf(params)

  it.each(devices)('train and predict on %s as images that were brought there before', async (device) => {
    const batch = batchFor(plain, 0)
    const images = Float32Array.from(batch.images, (x, i) => pixel(x, i % 3))
    const [own, other] = [started(analysis, device), started(plain, device)]
    const [seen, expected] = [await own.run('train', batch), await other.run('train', { ...batch, images })]
    expect(seen.loss).toBeCloseTo(expected.loss!, 5)
    const [state, wanted] = [await own.getState(), await other.getState()]
    for (const [name, { data }] of wanted) {
      const scale = Math.max(1, ...data.map(Math.abs))
      expect(Math.max(...state.get(name)!.data.map((x, i) => Math.abs(x - data[i]!))), name).toBeLessThan(1e-4 * scale)
    }
  })

  it('is computed by the files that are written, which take pixels of 0 to 1 and say so', async () => {
    const executor = started(analysis, 'onnx-cpu')
    for (const format of ['onnx', 'tfjs'] as const) {
      const output = join(folder, format)
      const report = await writeModel({ analysis, weights, format, heads: 'all', output, executor, size: [6, 5] })
      expect(report.largestDifference).toBeLessThan(1e-5)
    }
    const model = JSON.parse(await readFile(join(folder, 'tfjs', 'model.json'), 'utf8')) as object
    const told = { pixels: '0 to 1', range: words }
    expect(model).toMatchObject({ userDefinedMetadata: told })
    expect(onnxModel(partFor(analysis, 'all'), weights).metadata).toMatchObject(told)
  })
})

it('goes only with as many channels as it has numbers for', () => {
  const codes = (params: object, channels: number) => analysisOf(params, channels).issues.map(({ code }) => code)
  expect([
    codes({ range: 'ImageNet' }, 1),
    codes({ range: 'own', mean: [0.1, 0.2] }, 3),
    codes({ range: 'own', mean: [0.1], deviation: [1, 2] }, 2),
    codes({ range: '-1 to 1' }, 7),
    codes({ range: 'own', deviation: [0] }, 3),
  ]).toEqual([['shape/value-range'], ['shape/value-range'], [], [], ['param/invalid']])
})
