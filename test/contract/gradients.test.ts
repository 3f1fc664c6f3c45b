import { describe, expect, it } from 'vitest'
import { runOnTfjs, type StepFeeds } from '../../src/main/engine/tfjs/run-step.js'
import { tf } from '../../src/main/engine/tf.js'
import type { Step } from '../../src/main/engine/step/step.js'
import { softmaxCrossEntropy } from '../../src/shared/layers/heads/cross-entropy.js'
import { differentiated, feedsOf, type Differentiable } from '../main/engine/program.js'

/** Half the step of a central difference; values are float32, their products are summed in float64. */
const H = 5e-3

const image = { x: [2, 5, 4, 3] }

/** Smooth operations, gradients of our own first; those with corners are compared with TensorFlow and PyTorch instead. */
const programs: Readonly<Record<string, Differentiable>> = {
  BatchNormTraining: {
    inputs: { ...image, scale: [3], offset: [3] },
    compute: ({ x, scale, offset }) =>
      tf
        .engine()
        .runKernel<tf.Tensor[]>('BatchNormTraining', { x: x!, scale: scale!, offset: offset! }, { epsilon: 1e-3 })[0]!,
  },
  SoftmaxCrossEntropy: {
    inputs: { logits: [3, 5] },
    compute: ({ logits }, source) => softmaxCrossEntropy(tf, logits!, source.input('labels', [3], 'int32')),
  },
  'AvgPool same': { inputs: image, compute: ({ x }) => tf.avgPool(x as tf.Tensor4D, 3, 1, 'same') },
  'AvgPool same, stride 2': { inputs: image, compute: ({ x }) => tf.avgPool(x as tf.Tensor4D, 3, 2, 'same') },
  LRN: { inputs: image, compute: ({ x }) => tf.localResponseNormalization(x as tf.Tensor4D, 1, 1, 0.5, 0.75) },
  Conv2D: {
    inputs: image,
    weights: { kernel: [3, 3, 3, 4] },
    compute: ({ x, kernel }) => tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, 2, 'same'),
  },
  'Mean over places': { inputs: image, compute: ({ x }) => tf.square(tf.mean(x!, [1, 2])) },
  'Mean of channels beside them': { inputs: image, compute: ({ x }) => tf.mul(x!, tf.mean(x!, -1, true)) },
  'Sum over the batch': { inputs: image, compute: ({ x }) => tf.square(tf.sum(x!, 0)) },
  Swish: { inputs: image, compute: ({ x }) => tf.mul(x!, tf.sigmoid(x!)) },
  // Of these the feeds keep away from the corners.
  'Max over places': { inputs: image, compute: ({ x }) => tf.max(x!, [1, 2]) },
  MaxPool: { inputs: image, compute: ({ x }) => tf.maxPool(x as tf.Tensor4D, [3, 2], [2, 1], 'same') },
  'AvgPool of pixels': {
    inputs: image,
    compute: ({ x }) =>
      tf.avgPool(x as tf.Tensor4D, 3, 2, [
        [0, 0],
        [2, 0],
        [1, 1],
        [0, 0],
      ] as never),
  },
  'Conv2D of pixels': {
    inputs: image,
    weights: { kernel: [3, 2, 3, 2] },
    compute: ({ x, kernel }) =>
      tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, [2, 1], [
        [0, 0],
        [2, 0],
        [0, 1],
        [0, 0],
      ] as never),
  },
  MatMul: {
    inputs: { x: [4, 5] },
    weights: { kernel: [5, 3] },
    compute: ({ x, kernel }) => tf.square(tf.matMul(x as tf.Tensor2D, kernel as tf.Tensor2D)),
  },
  Elu: { inputs: image, compute: ({ x }) => tf.elu(x!) },
  Erf: { inputs: image, compute: ({ x }) => tf.erf(x!) },
  LeakyRelu: { inputs: image, compute: ({ x }) => tf.leakyRelu(x!, 0.3) },
  Softplus: { inputs: image, compute: ({ x }) => tf.softplus(x!) },
  'Softmax of channels': { inputs: image, compute: ({ x }) => tf.softmax(x!) },
  'Quotients and roots': {
    inputs: image,
    compute: ({ x }) => tf.div(tf.tanh(x!), tf.sqrt(tf.add(tf.square(x!), 0.5))),
  },
}

describe('gradients agree with central differences', () => {
  it.each(Object.keys(programs))('%s', (name) => {
    const step = differentiated(programs[name]!)
    const feeds = feedsOf(step)
    const { outputs } = runOnTfjs(step, feeds)
    const gradients = [...outputs].filter(([output]) => output.startsWith('d '))
    expect(gradients.length).toBeGreaterThan(0)
    let cases = 0
    for (const [output, { data }] of gradients) {
      const tensor = output.slice(2)
      const scale = data.reduce((top, value) => Math.max(top, Math.abs(value)), 0)
      for (let i = 0; i < data.length; i += 3) {
        const numeric = (goal(step, moved(feeds, tensor, i, H)) - goal(step, moved(feeds, tensor, i, -H))) / (2 * H)
        expect(Math.abs(numeric - data[i]!) / scale).toBeLessThan(2e-3)
        cases++
      }
    }
    console.log(`cases=${cases}`)
  })
})

it('the slopes of means and sums are no constant of the size of the image', () => {
  const steps = [tf.mean, tf.sum].map((reduce) =>
    differentiated({ inputs: image, compute: ({ x }) => tf.square(reduce(x!, [1, 2])) }),
  )
  expect(steps.flatMap(({ constants }) => constants.map(({ data }) => data.length)).filter((size) => size > 1)).toEqual(
    [],
  )
})

/** `sum(y * slope)` in float64. */
function goal(step: Step, feeds: StepFeeds): number {
  const { data } = runOnTfjs(step, feeds).outputs.get('y')!
  const slope = feeds.get('slope')!.data
  return data.reduce((sum, value, i) => sum + value * slope[i]!, 0)
}

function moved(feeds: StepFeeds, name: string, at: number, by: number): StepFeeds {
  const data = Float32Array.from(feeds.get(name)!.data)
  data[at] = data[at]! + by
  return new Map([...feeds, [name, { data }]])
}
