import { describe, expect, it } from 'vitest'
import { readFileSync } from 'node:fs'
import { optimize } from '../../src/main/engine/step/optimize.js'
import { tf } from '../../src/main/engine/tf.js'
import { runOnTfjs, type StepFeeds } from '../../src/main/engine/tfjs/run-step.js'
import { softmaxCrossEntropy } from '../../src/shared/layers/heads/cross-entropy.js'
import { differentiated, feedsOf, largestDifference, type Differentiable } from '../main/engine/program.js'
import { convolutions, poolings } from '../main/engine/windows.js'
import { casesFor, runtimes, type Runtime } from '../main/engine/runtimes.js'

type Tensor4 = tf.Tensor4D

async function expectAgreement(runtime: Runtime, program: Differentiable, tolerance: number) {
  const step = differentiated(program)
  const feeds = feedsOf(step)
  const run = await runtime.run(optimize(step), feeds)
  expect(largestDifference(runOnTfjs(step, feeds).outputs, run.outputs)).toBeLessThan(tolerance * runtime.slack)
}

const named = runtimes.map((runtime) => [runtime.name, runtime] as const)

describe.each(named)(
  'kernels over sizes, strides and paddings on %s agree with tfjs on its cpu backend',
  (_, runtime) => {
    it('convolutions, forward and both gradients', async () => {
      const cases = casesFor(runtime, convolutions)
      for (const { x, kernel, stride, padding } of cases) {
        await expectAgreement(
          runtime,
          {
            inputs: { x },
            weights: { kernel },
            compute: (t) => tf.conv2d(t['x'] as Tensor4, t['kernel'] as Tensor4, stride, padding),
          },
          2e-5,
        )
      }
      console.log(`cases=${cases.length}`)
    })

    it('poolings, forward and gradient', async () => {
      const cases = casesFor(runtime, poolings)
      for (const { x, kernel, stride, padding } of cases) {
        for (const pool of [tf.maxPool, tf.avgPool]) {
          await expectAgreement(
            runtime,
            { inputs: { x }, compute: (t) => pool(t['x'] as Tensor4, kernel, stride, padding) as tf.Tensor },
            1e-5,
          )
        }
      }
      console.log(`cases=${2 * cases.length}`)
    })

    it('local response normalisation of few and of many channels, forward and gradient', async () => {
      const cases = [3, 20, 128, 160, 200].flatMap((channels) =>
        [0.5, 0.75, 0.9].map((beta) => ({ channels, beta, radius: beta === 0.5 ? 5 : 2 })),
      )
      for (const { channels, beta, radius } of cases) {
        const compute = (t: Readonly<Record<string, tf.Tensor>>) =>
          tf.localResponseNormalization(t['x'] as Tensor4, radius, 1, 0.3, beta)
        await expectAgreement(runtime, { inputs: { x: [2, 3, 4, channels] }, compute }, 1e-5)
      }
      console.log(`cases=${cases.length}`)
    })

    it('max pooling of equal values sends the gradient to the first, as PyTorch and TensorFlow do', async () => {
      const step = differentiated({
        inputs: { x: [1, 4, 4, 1] },
        compute: (t) => tf.maxPool(t['x'] as Tensor4, 3, 2, 'same') as tf.Tensor,
      })
      const feeds: StepFeeds = new Map([
        ['x', { data: new Float32Array(16).fill(2) }],
        ['slope', { data: Float32Array.of(1, 10, 100, 1000) }],
      ])
      const expected = new Float32Array(16)
      expected.set([1, 0, 10], 0)
      expected.set([100, 0, 1000], 8)
      expect((await runtime.run(optimize(step), feeds)).outputs.get('d x')!.data).toEqual(expected)
    })
  },
)

interface Operation {
  readonly name: string
  readonly op: string
  readonly attrs: Readonly<Record<string, unknown>>
  readonly inputs: Readonly<Record<string, Values>>
  readonly output: Values
  readonly grads: Readonly<Record<string, Values>>
}

interface Values {
  readonly shape: readonly number[]
  readonly data: readonly number[]
}

describe.each(named)('kernels on %s agree with TensorFlow and PyTorch in float64', (_, runtime) => {
  const url = new URL('../files/oracles/ops.json', import.meta.url)
  const { cases } = JSON.parse(readFileSync(url, 'utf8')) as { cases: readonly Operation[] }

  it.each(cases.map((operation) => [operation.name, operation] as const))('%s', async (_name, operation) => {
    const { inputs, output, grads } = operation
    const filters = Object.entries(inputs).filter(([name]) => name !== 'x')
    const step = differentiated({
      inputs: { x: inputs['x']!.shape },
      weights: Object.fromEntries(filters.map(([name, { shape }]) => [name, shape])),
      compute: (t, source) => compute(operation, t, (name, shape) => source.input(name, shape, 'int32')),
    })
    const slope = output.shape.length === 0 ? [1] : output.data.map((_, i) => Math.cos(0.7 * i))
    const feeds: StepFeeds = new Map<string, { data: Float32Array | Int32Array }>([
      ...Object.entries(inputs).map(([name, { data }]) => [name, { data: Float32Array.from(data) }] as const),
      ['slope', { data: Float32Array.from(slope) }],
      ['labels', { data: Int32Array.from((operation.attrs['labels'] as number[] | undefined) ?? []) }],
    ])
    const expected = new Map([
      ['y', { data: Float32Array.from(output.data) }],
      ...Object.entries(grads).map(([name, { data }]) => [`d ${name}`, { data: Float32Array.from(data) }] as const),
    ])
    const run = await runtime.run(optimize(step), feeds)
    expect([...run.outputs.keys()].sort()).toEqual([...expected.keys()].sort())
    expect(largestDifference(expected, run.outputs)).toBeLessThan(5e-6 * runtime.slack)
  })
})

/** A named operation of the oracle file in tfjs. */
function compute(
  { op, attrs }: Operation,
  t: Readonly<Record<string, tf.Tensor>>,
  whole: (name: string, shape: readonly number[]) => tf.Tensor,
): tf.Tensor {
  const x = t['x'] as Tensor4
  const [size, stride, padding] = [attrs['kernel'] as number, attrs['stride'] as number, attrs['padding'] as 'same']
  const number = (name: string) => attrs[name] as number
  const withBias = (y: tf.Tensor) => (t['b'] ? tf.add(y, t['b']) : y)
  switch (op) {
    case 'conv2d':
      return withBias(tf.conv2d(x, t['w'] as Tensor4, stride, padding))
    case 'max_pool':
      return tf.maxPool(x, size, stride, padding)
    case 'avg_pool':
      return tf.avgPool(x, size, stride, padding)
    case 'lrn':
      return tf.localResponseNormalization(x, (number('size') - 1) / 2, number('k'), number('alpha_tf'), number('beta'))
    case 'batch_norm': {
      const inputs = { x, scale: t['gamma']!, offset: t['beta']! }
      return tf.engine().runKernel<tf.Tensor[]>('BatchNormTraining', inputs, { epsilon: number('eps') })[0]!
    }
    case 'global_avg_pool':
      return tf.mean(x, [1, 2])
    case 'global_max_pool':
      return tf.max(x, [1, 2])
    case 'flatten+dense':
      return withBias(tf.matMul(tf.reshape(x, [x.shape[0], -1]) as tf.Tensor2D, t['w'] as tf.Tensor2D))
    case 'leaky_relu_0_1':
      return tf.leakyRelu(x, 0.1)
    case 'silu':
      return tf.mul(x, tf.sigmoid(x))
    case 'softmax_cross_entropy':
      return tf.mean(softmaxCrossEntropy(tf, x, whole('labels', [x.shape[0]])))
    case 'relu':
    case 'relu6':
    case 'elu':
    case 'sigmoid':
    case 'tanh':
      return tf[op](x)
    default:
      throw new Error(`The oracle file has an operation ${op} that this test does not know.`)
  }
}
