import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { evaluate } from '../../../src/main/trainer/jobs/evaluate.js'
import { exportModel } from '../../../src/main/trainer/jobs/export.js'
import { predict } from '../../../src/main/trainer/jobs/predict.js'
import { train } from '../../../src/main/trainer/jobs/train.js'
import { print } from '../../../src/shared/document/file.js'
import type { StepEvent, TrainingEvent } from '../../../src/shared/training/events.js'
import { hasTensorFlow } from '../engine/runtimes.js'
import { net } from '../models/nets.js'
import { recorder, tinyData, tinySettings } from './tiny.js'

const devices = hasTensorFlow ? (['onnx-cpu', 'tensorflow-cpu'] as const) : (['onnx-cpu'] as const)

/** A net whose main head asks for each class by itself and whose other head answers with a number; many layers on the way. */
const document = print(
  net(
    ['image', 'input', { height: 6, width: 6, channels: 1 }],
    ['conv', 'conv2d', { filters: 4, stride: [2, 2], padding: 'explicit', pads: [1, 1, 1, 1], bias: false }, 'image'],
    ['norm', 'batch_norm', { scale: false, center: false, momentum: 0.9 }, 'conv'],
    ['act', 'relu', {}, 'norm'],
    ['noise', 'gaussian_noise', { deviation: 0.01 }, 'act'],
    ['up', 'transposed_conv2d', { filters: 4 }, 'noise'],
    ['pool', 'average_pool', { padding: 'explicit', pads: [1, 0, 1, 0], count_padding: true, ceil: true }, 'up'],
    ['shuffle', 'channel_shuffle', {}, 'pool'],
    ['small', 'adaptive_average_pool', { size: [3, 3] }, 'shuffle'],
    ['scale', 'layer_scale', { start: 0.5 }, 'small'],
    ['drop', 'stochastic_depth', { rate: 0.1 }, 'scale'],
    ['sum', 'add', {}, 'drop', 'act'],
    ['gate', 'global_average_pool', {}, 'sum'],
    ['open', 'sigmoid', {}, 'gate'],
    ['gated', 'multiply', {}, 'sum', 'open'],
    ['vector', 'flatten', {}, 'gated'],
    ['logits', 'dense', { units: 3 }, 'vector'],
    ['main', 'head', { kind: 'sigmoid', smoothing: 0.01, class_weights: [1, 2, 1] }, 'logits'],
    ['value', 'dense', { units: 1 }, 'vector'],
    ['count', 'regression_head', { weight: 0.5 }, 'value'],
  ),
)

const isStep = (event: TrainingEvent): event is StepEvent => event.type === 'step'

describe.each(devices)('heads of other kinds on %s', (device) => {
  let run: string
  let events: readonly TrainingEvent[]
  let data: string
  beforeAll(async () => {
    run = join(await mkdtemp(join(tmpdir(), 'run-')), 'run')
    const context = recorder()
    data = await tinyData(60, 9)
    const settings = tinySettings(data, { epochs: 25, device, microBatches: 2 })
    await train({ kind: 'train', document, settings, folder: run }, context)
    events = context.events
  }, 120_000)

  it('learn, and tell loss, share of right answers and distance at each step and validation', () => {
    const steps = events.filter(isStep)
    for (const { loss, heads } of steps) {
      expect(loss).toBeCloseTo(heads['main']!.loss + 0.5 * heads['count']!.loss, 4)
      expect(Object.keys(heads['main']!)).toEqual(['loss', 'accuracy'])
      expect(heads['count']!.error! ** 2).toBeLessThanOrEqual(heads['count']!.loss + 1e-6)
    }
    expect(steps.at(-1)!.loss).toBeLessThan(steps[0]!.loss / 2)
    const validation = events.findLast((event) => event.type === 'validation')!
    expect(validation.heads['main']!.accuracy).toBeGreaterThan(0.8)
    expect(validation.heads['count']!.accuracy).toBeGreaterThan(0.8)
    expect(validation.heads['count']!.error!).toBeLessThan(0.5)
  })

  it('are evaluated as they were validated, and answer with probabilities and numbers', async () => {
    const { heads, classes } = await evaluate({ kind: 'evaluate', run, part: 'validation' })
    const validation = events.findLast((event) => event.type === 'validation')!
    expect(classes).toEqual(['0', '1', '2'])
    for (const id of ['main', 'count']) {
      const { accuracy, error, confusion } = heads[id]!
      expect({ accuracy, error }).toEqual({
        accuracy: validation.heads[id]!.accuracy,
        error: validation.heads[id]!.error && expect.closeTo(validation.heads[id]!.error!, 5),
      })
      expect(confusion.map((row) => row.reduce((a, b) => a + b))).toEqual([3, 3, 3])
      expect(confusion.reduce((right, row, k) => right + row[k]!, 0) / 9).toBe(accuracy)
    }
    const answer = await predict({ kind: 'predict', run, source: { kind: 'data', spec: data } })
    expect(answer.heads['count']!.map((row) => row.length)).toEqual(Array(9).fill(1))
    expect(answer.heads['main']!.flat().every((p) => p > 0 && p < 1)).toBe(true)
  })

  it('leave in ONNX files that ONNX Runtime computes alike', async () => {
    const output = join(run, 'model.onnx')
    const report = await exportModel({ kind: 'export', run, format: 'onnx', heads: 'all', output })
    expect(report).toMatchObject({ heads: ['main', 'count'], dropped: ['noise', 'drop'] })
    expect(report.largestDifference).toBeLessThan(1e-4)
  })
})
