import { describe, expect, it } from 'vitest'
import { createExecutor } from '../../../src/main/engine/create-executor.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import type { Analysis } from '../../../src/shared/graph/graph.js'
import { stateOf } from '../../../src/shared/program/state.js'
import type { Layer } from '../../../src/shared/layers/define.js'
import { graphOf } from '../../shared/graph-of.js'
import { batchFor, bits, openExecutors, restless, started, train } from './net.js'
import { hasTensorFlow } from './runtimes.js'
import { netOf } from '../../../src/shared/program/state.js'
import { OPTIMIZERS, type Regularization } from '../../../src/shared/training/settings.js'

const devices = hasTensorFlow ? (['onnx-cpu', 'tensorflow-cpu'] as const) : (['onnx-cpu'] as const)

const use = openExecutors()

describe.each(devices)('rules of training steps on %s', (device) => {
  it('clip the gradient of all weights together, and smooth labels in training only', async () => {
    const make = (rules: Partial<Regularization>) => {
      const executor = use(createExecutor(restless, { device, optimizer: 'sgd', rules }))
      executor.setState(begin)
      return executor
    }
    const begin = await started(restless, 'sgd').getState()
    const feeds = { ...batchFor(restless, 0), learningRate: 1 }
    const [plain, clipped, smooth] = [make({}), make({ clipNorm: 1e-3 }), make({ labelSmoothing: 0.5 })]
    const sharp = await plain.run('train', feeds)
    expect((await clipped.run('train', feeds)).loss).toBe(sharp.loss)
    const trainable = netOf(restless).trainable.map(({ name }) => name)
    const state = await clipped.getState()
    const moved = trainable.flatMap((name) => {
      const after = state.get(name)!.data
      return Array.from(begin.get(name)!.data, (value, i) => after[i]! - value)
    })
    expect(Math.abs(Math.hypot(...moved) / 1e-3 - 1)).toBeLessThan(1e-3)
    expect(Math.abs((await smooth.run('train', feeds)).loss! - sharp.loss!)).toBeGreaterThan(1e-3)
    smooth.setState(begin)
    plain.setState(begin)
    expect(await smooth.run('evaluate', feeds)).toEqual(await plain.run('evaluate', feeds))
  })
})

describe.each(devices)('a run on %s is a function of seed and data', (device) => {
  it.each(OPTIMIZERS)('twice the same with %s, to the last bit', async (optimizer) => {
    const [a, b] = [use(started(restless, optimizer, device)), use(started(restless, optimizer, device))]
    expect(await train(a, restless, 0, 8)).toEqual(await train(b, restless, 0, 8))
    expect(bits(await a.getState())).toEqual(bits(await b.getState()))
  })

  it.each(OPTIMIZERS)('saved and restored half-way with %s, to the last bit', async (optimizer) => {
    const whole = use(started(restless, optimizer, device))
    const losses = await train(whole, restless, 0, 10)
    const first = use(started(restless, optimizer, device))
    const before = await train(first, restless, 0, 5)
    const saved = await first.getState()
    await train(first, restless, 5, 7)
    const second = use(createExecutor(restless, { device, optimizer }))
    second.setState(saved)
    expect([...before, ...(await train(second, restless, 5, 10))]).toEqual(losses)
    expect(bits(await second.getState())).toEqual(bits(await whole.getState()))
  })

  it('another seed drops other values', async () => {
    const [a, b] = [use(started(restless, 'sgd', device)), use(started(restless, 'sgd', device))]
    const one = await a.run('train', batchFor(restless, 0))
    const other = await b.run('train', { ...batchFor(restless, 0), seed: 8 })
    expect(one.loss).not.toBe(other.loss)
  })
})

describe.each(devices)('steps on %s', (device) => {
  it('weigh each head by the feeds, else by its node', async () => {
    const executor = use(started(restless, 'sgd', device))
    const feeds = batchFor(restless, 0)
    const own = await executor.run('evaluate', feeds)
    const { main, aux } = own.heads as Record<'main' | 'aux', { loss: number }>
    expect(own.loss).toBeCloseTo(main.loss + 0.3 * aux.loss, 5)
    const given = await executor.run('evaluate', { ...feeds, headWeights: { aux: 2 } })
    expect(given.loss).toBeCloseTo(main.loss + 2 * aux.loss, 5)
  })

  it('evaluate and predict change nothing and agree with each other', async () => {
    const executor = use(started(restless, 'adam', device))
    await train(executor, restless, 0, 2)
    const before = bits(await executor.getState())
    const feeds = batchFor(restless, 5, 7)
    const { heads } = await executor.run('evaluate', feeds)
    const predicted = await executor.run('predict', { images: feeds.images })
    for (const head of ['main', 'aux']) {
      const rows = rowsOf(predicted.heads[head]!.probabilities!, 4)
      const losses = rows.map((row, i) => -Math.log(row[feeds.labels![i]!]!))
      const hits = rows.filter((row, i) => row.indexOf(Math.max(...row)) === feeds.labels![i])
      expect(heads[head]!.loss).toBeCloseTo(losses.reduce((a, b) => a + b) / 7, 5)
      expect(heads[head]!.correct).toBe(hits.length)
      for (const row of rows) expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 5)
    }
    expect(bits(await executor.getState())).toEqual(before)
  })

  it('take batches of any size, one after the other', async () => {
    const executor = use(started(restless, 'sgd', device))
    const whole = await executor.run('predict', { images: batchFor(restless, 0, 6).images })
    const probabilities: number[] = []
    for (const [from, to] of [
      [0, 1],
      [1, 3],
      [3, 6],
    ] as const) {
      const images = batchFor(restless, 0, 6).images.slice(from * 192, to * 192)
      probabilities.push(...(await executor.run('predict', { images })).heads['main']!.probabilities!)
    }
    const expected = [...whole.heads['main']!.probabilities!]
    probabilities.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6))
    expect(probabilities.length).toBe(24)
  })

  it('refuse images and labels that do not come out even', async () => {
    const executor = use(started(restless, 'sgd', device))
    const feeds = batchFor(restless, 0)
    await expect(executor.run('train', { ...feeds, images: feeds.images.slice(1) })).rejects.toMatchObject({
      code: 'data/shape',
    })
    await expect(executor.run('train', { ...feeds, labels: Int32Array.of(1) })).rejects.toMatchObject({
      code: 'data/shape',
    })
  })
})

describe.each(devices)('state on %s', (device) => {
  it('has exactly the names and shapes that stateOf promises, and comes back as it was set', async () => {
    const executor = use(createExecutor(restless, { device, optimizer: 'adam' }))
    const state = new Map(
      stateOf(restless, 'adam').map(({ name, shape }, k) => {
        const size = shape.reduce((a, b) => a * b, 1)
        return [name, { shape, data: Float32Array.from({ length: size }, (_, i) => k + i / 7) }]
      }),
    )
    executor.setState(state)
    expect(await executor.getState()).toEqual(state)
  })

  it('refuses unknown, missing and misshapen weights by name', async () => {
    const executor = use(started(restless, 'sgd', device))
    const state = await executor.getState()
    const without = new Map([...state].filter(([name]) => name !== 'conv/kernel'))
    const more = new Map([...state, ['ghost/kernel', { shape: [1], data: new Float32Array(1) }]])
    const other = new Map([...state, ['conv/kernel', { shape: [1], data: new Float32Array(1) }]])
    for (const [wrong, name] of [
      [without, 'conv/kernel'],
      [more, 'ghost/kernel'],
      [other, 'conv/kernel'],
    ] as const) {
      expect(() => executor.setState(wrong)).toThrowError(expect.objectContaining({ code: 'weights/mismatch' }))
      expect(() => executor.setState(wrong)).toThrowError(name)
    }
    expect(await executor.getState()).toEqual(state)
  })
})

describe('nets the engine cannot run', () => {
  const document = graphOf({
    input: ['input', { height: 4, width: 4 }],
    odd: ['relu', {}, 'input'],
    mean: ['global_average_pool', {}, 'odd'],
    logits: ['dense', { units: 3 }, 'mean'],
    main: ['head', {}, 'logits'],
  })
  const withLayer = (apply: Layer['apply']): Analysis => {
    const analysis = analyze(document)
    const nodes = analysis.graph.nodes.map((node) =>
      node.id === 'odd' ? { ...node, layer: { ...node.layer, apply } } : node,
    )
    return { ...analysis, graph: { ...analysis.graph, nodes } }
  }

  it('names the layer whose operation has no kernel', async () => {
    const executor = use(
      started(
        withLayer(({ tf }, _p, [x]) => tf.sin(x!)),
        'sgd',
      ),
    )
    await expect(
      executor.run('predict', { images: batchFor(restless, 0, 1).images.slice(0, 48) }),
    ).rejects.toMatchObject({
      code: 'engine/unsupported',
      message: expect.stringMatching(/odd.*Sin/),
    })
  })

  it('refuses a document with errors', () => {
    const broken = analyze(graphOf({ input: ['input'], main: ['head', {}, 'input'] }))
    expect(() => createExecutor(broken, { device: 'onnx-cpu' })).toThrowError(
      expect.objectContaining({ code: 'graph/has-errors' }),
    )
  })

  it('refuses an input of any size', () => {
    const free = analyze(
      graphOf({
        ...{
          input: ['input', { height: null, width: null }],
          mean: ['global_average_pool', {}, 'input'],
          logits: ['dense', { units: 3 }, 'mean'],
          main: ['head', {}, 'logits'],
        },
      }),
    )
    expect(() => createExecutor(free, { device: 'onnx-cpu' })).toThrowError(/anyxanyx3/)
  })
})

function rowsOf(values: Float32Array, width: number): number[][] {
  return Array.from({ length: values.length / width }, (_, i) => [...values.slice(i * width, (i + 1) * width)])
}
