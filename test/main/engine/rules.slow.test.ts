import { describe, expect, it } from 'vitest'
import { createExecutor } from '../../../src/main/engine/create-executor.js'
import type { Executor, Feeds, TensorMap } from '../../../src/main/engine/executor.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { initialState } from '../../../src/shared/program/initial-state.js'
import { averageName, CORRECTION, netOf } from '../../../src/shared/program/state.js'
import type { OptimizerName, StepRules } from '../../../src/shared/training/settings.js'
import { graphOf } from '../../shared/graph-of.js'
import { batchFor, openExecutors } from './net.js'
import { hasTensorFlow } from './runtimes.js'

const devices = hasTensorFlow ? (['onnx-cpu', 'tensorflow-cpu'] as const) : (['onnx-cpu'] as const)

/** Dropout, but no batch norm: what is not the same for a batch and its parts is left out. */
const net = analyze(
  graphOf({
    input: ['input', { height: 8, width: 8 }],
    conv: ['conv2d', { filters: 6 }, 'input'],
    act: ['relu', {}, 'conv'],
    drop: ['dropout', { rate: 0.3 }, 'act'],
    flat: ['flatten', {}, 'drop'],
    logits: ['dense', { units: 4 }, 'flat'],
    main: ['head', {}, 'logits'],
    mean: ['global_average_pool', {}, 'act'],
    side: ['dense', { units: 4 }, 'mean'],
    aux: ['head', { weight: 0.3 }, 'side'],
  }),
)
const names = netOf(net).trainable.map(({ name }) => name)

const use = openExecutors()

const largest = (a: Float32Array, b: Float32Array) =>
  a.reduce((top, value, i) => Math.max(top, Math.abs(value - b[i]!)), 0)

describe.each(devices)('on %s', (device) => {
  function started(rules: Partial<StepRules>, optimizer: OptimizerName = 'sgd'): Executor {
    const executor = use(createExecutor(net, { device, optimizer, rules }))
    executor.setState(initialState(net, 1))
    return executor
  }

  /** One batch in so many parts; the mean loss. */
  async function batchInParts(executor: Executor, feeds: Feeds, count: number): Promise<number> {
    let loss = 0
    for (let part = 0; part < count; part++) {
      const share = <T extends Float32Array | Int32Array>(values: T) =>
        values.subarray((part * values.length) / count, ((part + 1) * values.length) / count) as T
      const own = { ...feeds, images: share(feeds.images), labels: share(feeds.labels!), part }
      loss += (await executor.run(part < count - 1 ? 'accumulate' : 'train', own)).loss! / count
    }
    return loss
  }

  it('a batch in parts has the losses of the whole, with dropout, and the same weights but for rounding', async () => {
    for (const optimizer of ['momentum', 'adam'] as const) {
      const [whole, parts] = [started({}, optimizer), started({ microBatches: 4 }, optimizer)]
      for (let step = 0; step < 10; step++) {
        const feeds = batchFor(net, step, 8)
        const expected = (await whole.run('train', { ...feeds, learningRate: 0.01 })).loss!
        expect(Math.abs((await batchInParts(parts, { ...feeds, learningRate: 0.01 }, 4)) - expected)).toBeLessThan(1e-5)
      }
      const [a, b] = [await whole.getState(), await parts.getState()]
      for (const name of names) expect(largest(a.get(name)!.data, b.get(name)!.data)).toBeLessThan(1e-4)
      const sums = [...b].filter(([name]) => name.endsWith('/gradient_sum'))
      expect(sums.map(([, { data }]) => data.every((value) => value === 0))).toEqual(names.map(() => true))
    }
    console.log('cases=20')
  })

  it('evaluates with moving averages of the weights, the first of which is the first weight', async () => {
    const decay = 0.75
    const [plain, averaged] = [started({}), started({ averageDecay: decay })]
    const kept: TensorMap[] = []
    for (let step = 0; step < 4; step++) {
      await plain.run('train', batchFor(net, step))
      await averaged.run('train', batchFor(net, step))
      kept.push(await plain.getState())
    }
    const state = await averaged.getState()
    const correction = state.get(CORRECTION)!.data[0]!
    expect(correction).toBeCloseTo(1 - decay ** 4, 6)
    const mean = new Map(kept.at(-1))
    for (const name of names) {
      const [first] = kept
      const data = first!.get(name)!.data.map((_, i) => {
        const sum = kept.reduce((total, weights) => decay * total + (1 - decay) * weights.get(name)!.data[i]!, 0)
        return sum / (1 - decay ** 4)
      })
      expect(
        largest(
          data,
          state.get(averageName(name))!.data.map((value) => value / correction),
        ),
      ).toBeLessThan(1e-6)
      mean.set(name, { shape: first!.get(name)!.shape, data })
    }
    plain.setState(mean)
    const feeds = batchFor(net, 9)
    const expected = (await plain.run('evaluate', feeds)).loss!
    expect((await averaged.run('evaluate', feeds)).loss!).toBeCloseTo(expected, 5)
    const probabilities = async (executor: Executor) =>
      (await executor.run('predict', feeds)).heads['main']!.probabilities!
    expect(largest(await probabilities(averaged), await probabilities(plain))).toBeLessThan(1e-6)
  })

  it('clips values of gradients on both sides, and then their norm', async () => {
    const feeds = { ...batchFor(net, 0), learningRate: 1 }
    const before = initialState(net, 1)
    const stepOf = async (rules: Partial<StepRules>) => {
      const executor = started(rules)
      await executor.run('train', feeds)
      const after = await executor.getState()
      return names.flatMap((name) => [...before.get(name)!.data.map((value, i) => value - after.get(name)!.data[i]!)])
    }
    const free = await stepOf({})
    const limit = 0.01
    const clipped = await stepOf({ clipValue: limit })
    expect(free.filter((value) => value > limit).length).toBeGreaterThan(3)
    expect(free.filter((value) => value < -limit).length).toBeGreaterThan(3)
    clipped.forEach((value, i) => expect(value).toBeCloseTo(Math.max(-limit, Math.min(limit, free[i]!)), 6))
    const both = await stepOf({ clipValue: limit, clipNorm: 0.05 })
    const length = Math.sqrt(clipped.reduce((sum, value) => sum + value * value, 0))
    expect(length).toBeGreaterThan(0.05)
    both.forEach((value, i) => expect(value).toBeCloseTo((clipped[i]! * 0.05) / length, 6))
    console.log(`cases=${free.length}`)
  })
})

it('AdamW decays kernels and leaves biases, factors and offsets of norms alone', async () => {
  const analysis = analyze(
    graphOf({
      input: ['input', { height: 4, width: 4 }],
      conv: ['conv2d', { filters: 4 }, 'input'],
      norm: ['batch_norm', {}, 'conv'],
      flat: ['flatten', {}, 'norm'],
      logits: ['dense', { units: 4 }, 'flat'],
      main: ['head', {}, 'logits'],
    }),
  )
  const after = async (optimizer: OptimizerName) => {
    const executor = use(createExecutor(analysis, { device: 'onnx-cpu', optimizer }))
    executor.setState(initialState(analysis, 1))
    await executor.run('train', batchFor(analysis, 0))
    return executor.getState()
  }
  const [adam, adamw] = [await after('adam'), await after('adamw')]
  const decayed = netOf(analysis).trainable.filter(
    ({ name }) => String(adam.get(name)!.data) !== String(adamw.get(name)!.data),
  )
  expect(decayed.map(({ name }) => name)).toEqual(['conv/kernel', 'logits/kernel'])
})
