import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createExecutor } from '../../src/main/engine/create-executor.js'
import type { Executor, HostTensor } from '../../src/main/engine/executor.js'
import { analyze } from '../../src/shared/graph/analyze.js'
import type { OptimizerName } from '../../src/shared/training/settings.js'
import { graphOf, type Short } from '../shared/graph-of.js'

interface Packed {
  readonly shape: readonly number[]
  readonly float32: string
}

type Tensors = Readonly<Record<string, Packed>>
type Probabilities = Readonly<Record<string, readonly (readonly number[])[]>>

/** A small net with its numbers by other libraries; see `source` and `conventions` in the files. */
interface Oracle {
  readonly nodes: Readonly<Record<string, Short>>
  readonly images: string
  readonly labels: readonly number[]
  readonly initial: Tensors
  readonly gradients: Tensors
  readonly afterSgd: Tensors
  readonly afterAdam: Tensors
  readonly losses: Readonly<Record<'sgd' | 'adam', Readonly<Record<string, readonly number[]>>>>
  readonly probabilities: Readonly<Record<'initial' | 'afterSgd' | 'afterAdam', Probabilities>>
}

const floats = (base64: string) => new Float32Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer)

const tensors = (packed: Tensors): Map<string, HostTensor> =>
  new Map(Object.entries(packed).map(([name, { shape, float32 }]) => [name, { shape, data: floats(float32) }]))

describe.each(['a_plain', 'c_inception'])('%s trains as in PyTorch and Keras', (name) => {
  const url = new URL(`../files/oracles/${name}.json`, import.meta.url)
  const oracle = JSON.parse(readFileSync(url, 'utf8')) as Oracle
  const analysis = analyze(graphOf(oracle.nodes))
  const images = floats(oracle.images)
  const labels = Int32Array.from(oracle.labels)

  function start(optimizer: OptimizerName): Executor {
    const executor = createExecutor(analysis, { device: 'onnx-cpu', optimizer })
    executor.setState(tensors(oracle.initial))
    return executor
  }

  /** Losses before each of ten updates and after them, by head and in total. */
  async function tenSteps(executor: Executor, learningRate: number) {
    const losses: Record<string, number[]> = {}
    for (let step = 0; step <= 10; step++) {
      const result = await executor.run('train', {
        images,
        labels,
        learningRate: step < 10 ? learningRate : 0,
        step,
        seed: 1,
      })
      for (const [head, { loss }] of Object.entries(result.heads)) (losses[head] ??= []).push(loss!)
      ;(losses['total'] ??= []).push(result.loss!)
    }
    return losses
  }

  function expectClose(actual: readonly number[], expected: readonly number[], tolerance: number) {
    expect(actual.length).toBe(expected.length)
    const worst = Math.max(
      ...actual.map((value, i) => Math.abs(value - expected[i]!) / Math.max(1, Math.abs(expected[i]!))),
    )
    expect(worst).toBeLessThan(tolerance)
  }

  async function expectProbabilities(executor: Executor, expected: Probabilities, tolerance: number) {
    const { heads } = await executor.run('predict', { images })
    expect(Object.keys(heads).sort()).toEqual(Object.keys(expected).sort())
    for (const [head, rows] of Object.entries(expected)) {
      expectClose([...heads[head]!.probabilities!], rows.flat(), tolerance)
    }
  }

  it.each([
    ['momentum', 'sgd', 'afterSgd', 0.01, 1e-5, 1e-5],
    ['adam', 'adam', 'afterAdam', 0.001, 1e-5, 1e-4],
  ] as const)('%s: losses, weights and probabilities of ten steps', async (optimizer, rule, after, rate, near, far) => {
    const executor = start(optimizer)
    await expectProbabilities(executor, oracle.probabilities.initial, 1e-5)
    // The state after ten updates; the eleventh run only reports its loss, so look before it.
    const untilTen = start(optimizer)
    for (let step = 0; step < 10; step++)
      await untilTen.run('train', { images, labels, learningRate: rate, step, seed: 1 })
    await expectProbabilities(untilTen, oracle.probabilities[after], far)
    const state = await untilTen.getState()
    for (const [weight, { data }] of tensors(oracle[after])) {
      // Adam divides by the size of the gradient: where that is tiny, rounding decides the step.
      expectClose([...state.get(weight)!.data], [...data], rule === 'sgd' ? near : 5e-3)
    }
    const losses = await tenSteps(executor, rate)
    expect(Object.keys(losses).sort()).toEqual(Object.keys(oracle.losses[rule]).sort())
    for (const [head, expected] of Object.entries(oracle.losses[rule])) expectClose(losses[head]!, expected, near)
    console.log(`cases=${Object.keys(losses).length * 11 + state.size}`)
    await executor.dispose()
    await untilTen.dispose()
  })

  it('gradients of the first step', async () => {
    const executor = start('sgd')
    await executor.run('train', { images, labels, learningRate: 1, step: 0, seed: 1 })
    const after = await executor.getState()
    const initial = tensors(oracle.initial)
    for (const [weight, { data }] of tensors(oracle.gradients)) {
      const before = initial.get(weight)!.data
      const gradient = Float32Array.from(after.get(weight)!.data, (value, i) => before[i]! - value)
      expectClose([...gradient], [...data], 1e-5)
      expect(norm(gradient)).toBeCloseTo(norm(data), 4)
    }
    expect(Object.keys(oracle.gradients).length).toBeGreaterThan(10)
    console.log(`cases=${Object.keys(oracle.gradients).length}`)
    await executor.dispose()
  })
})

function norm(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
}
