import { describe, expect, it } from 'vitest'
import { createExecutor } from '../../../src/main/engine/create-executor.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { initialState } from '../../../src/shared/program/initial-state.js'
import { probeOrder } from '../../../src/shared/program/probe.js'
import { netOf } from '../../../src/shared/program/state.js'
import { graphOf } from '../../shared/graph-of.js'
import { batchFor, bits, openExecutors, restless, started, train, withNaN } from './net.js'
import { hasTensorFlow } from './runtimes.js'

const devices = hasTensorFlow ? (['onnx-cpu', 'tensorflow-cpu'] as const) : (['onnx-cpu'] as const)

const use = openExecutors()

const near = (actual: number, expected: number) => expect(Math.abs(actual - expected) / expected).toBeLessThan(1e-4)
const squares = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0)

describe.each(devices)('a probe on %s', (device) => {
  it('changes nothing, and sees the losses and the update that the next train step has', async () => {
    const executor = use(started(restless, 'momentum', device))
    await train(executor, restless, 0, 3)
    const before = await executor.getState()
    const feeds = batchFor(restless, 3)
    const seen = await executor.run('probe', feeds)
    expect(bits(await executor.getState())).toEqual(bits(before))
    const made = await executor.run('train', feeds)
    for (const head of ['main', 'aux']) near(seen.heads[head]!.loss!, made.heads[head]!.loss!)
    const after = await executor.getState()
    netOf(restless).trainable.forEach(({ name }, i) => {
      const [old, now] = [before.get(name)!.data, after.get(name)!.data]
      const slot = [before, after].map((state) => state.get(`${name}/momentum`)!.data)
      near(seen.probe!['weight']![i]!, squares(old))
      near(seen.probe!['update']![i]!, squares(now.map((value, k) => value - old[k]!)))
      // v = 0.9 v + g, so g = v' - 0.9 v.
      near(seen.probe!['gradient']![i]!, squares(slot[1]!.map((value, k) => value - 0.9 * slot[0]![k]!)))
    })
    console.log(`cases=${netOf(restless).trainable.length}`)
  })

  it('takes the pull of each head apart: with the other weights at zero it is the whole gradient', async () => {
    const executor = use(started(restless, 'sgd', device))
    const { heads } = probeOrder({ analysis: restless })
    const seen = await executor.run('probe', batchFor(restless, 0))
    for (const [i, head] of heads.entries()) {
      const alone = Object.fromEntries(heads.map((id) => [id, id === head ? (id === 'main' ? 1 : 0.3) : 0]))
      const { probe } = await executor.run('probe', { ...batchFor(restless, 0), headWeights: alone })
      near(
        seen.probe!['heads']![i]!,
        probe!['gradient']!.reduce((sum, value) => sum + value),
      )
    }
  })

  it('measures outputs, gradients by them, and the share of channels that are dead', async () => {
    const analysis = analyze(
      graphOf({
        input: ['input', { height: 2, width: 2, channels: 1 }],
        flat: ['flatten', {}, 'input'],
        hidden: ['dense', { units: 4 }, 'flat'],
        act: ['relu', {}, 'hidden'],
        logits: ['dense', { units: 2 }, 'act'],
        main: ['head', {}, 'logits'],
      }),
    )
    const executor = use(createExecutor(analysis, { device }))
    const state = new Map(initialState(analysis, 1))
    const put = (name: string, values: number[]) =>
      state.set(name, { shape: state.get(name)!.shape, data: Float32Array.from(values) })
    // Units: always dead, always on, on for the first image only, at zero. Images are 1 1 1 1 and -1 -1 -1 -1.
    put('hidden/kernel', [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    put('hidden/bias', [-1, 2, 0, 0])
    put('logits/kernel', [0, 0, 0, 0, 0, 0, 0, 0])
    executor.setState(state)
    const images = Float32Array.from([1, 1, 1, 1, -1, -1, -1, -1])
    const { probe } = await executor.run('probe', {
      images,
      labels: Int32Array.of(0, 1),
      learningRate: 0.1,
      step: 0,
      seed: 1,
    })
    const { nodes, dying } = probeOrder({ analysis })
    expect(nodes).toEqual(['input', 'flat', 'hidden', 'act', 'logits', 'main'])
    expect(dying).toEqual(['act'])
    expect([...probe!['dead']!]).toEqual([0.5])
    // hidden: -1 2 1 0 and -1 2 -1 0; act: 0 2 1 0 and 0 2 0 0; by each logit: (1/2 - target) / 2 images = 1/4 in size.
    expect([...probe!['output']!]).toEqual([1, 1, 12 / 8, 9 / 8, 0, 0])
    expect([...probe!['backward']!]).toEqual([0, 0, 0, 0, 1 / 16, 1 / 16])
    // By the kernel of the logits: what unit 1 gives cancels out, unit 2 gives 1/4 to each of two.
    expect([...probe!['heads']!]).toEqual([expect.closeTo(2 / 16, 5)])
  })
})

describe.each(devices)('a step on %s', (device) => {
  it('whose loss is not finite changes nothing; the probe names the numbers that are to blame', async () => {
    const executor = use(started(restless, 'adam', device))
    await train(executor, restless, 0, 2)
    const before = bits(await executor.getState())
    const feeds = batchFor(restless, 2)
    const spoilt = withNaN(feeds)
    expect((await executor.run('train', spoilt)).loss).toBeNaN()
    expect(bits(await executor.getState())).toEqual(before)
    const { probe } = await executor.run('probe', spoilt)
    const { nodes } = probeOrder({ analysis: restless })
    expect(nodes.find((_, i) => !Number.isFinite(probe!['output']![i]))).toBe('input')
    const again = use(started(restless, 'adam', device))
    await train(again, restless, 0, 3)
    await executor.run('train', feeds)
    expect(bits(await executor.getState())).toEqual(bits(await again.getState()))
  })
})
