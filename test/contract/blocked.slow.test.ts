import { expect, it } from 'vitest'
import { blockSize } from '../../src/main/engine/onnx/block-size.js'
import { emitStep } from '../../src/main/engine/onnx/emit.js'
import { optimize } from '../../src/main/engine/step/optimize.js'
import { tf } from '../../src/main/engine/tf.js'
import { runOnTfjs } from '../../src/main/engine/tfjs/run-step.js'
import { differentiated, feedsOf, largestDifference, type Differentiable } from '../main/engine/program.js'
import { runOnOnnx } from '../main/engine/run-on-onnx.js'
import { poolings } from '../main/engine/windows.js'

type Tensor4 = tf.Tensor4D

const block = await blockSize()
if (block === 1) console.warn('SKIPPED: blocked images. ONNX Runtime has none on this processor.')

/** Channel counts that fill blocks, that fill them with something left over, and that are too few for one. */
const CHANNELS = [block, 2 * block, block + 8, block + 2, 3]

/** Largest difference to tfjs of a program with blocked images, forward and gradients. */
async function difference(program: Differentiable): Promise<number> {
  const step = differentiated(program)
  const feeds = feedsOf(step)
  const run = await runOnOnnx(optimize(step), feeds, 'onnx-cpu', block)
  return largestDifference(runOnTfjs(step, feeds).outputs, run.outputs)
}

const norm = (x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor) =>
  tf.engine().runKernel<tf.Tensor[]>('BatchNormTraining', { x, scale, offset }, { epsilon: 1e-3 })[0]!

it.runIf(block > 1)('convolutions of every kind of channel count', async () => {
  let cases = 0
  for (const channels of CHANNELS)
    for (const filters of CHANNELS)
      for (const [kernel, stride, pad, side = 7] of [
        [3, 1, 'same'],
        [1, 1, 'same'],
        [3, 2, 'same'],
        [2, 1, 'valid'],
        [5, 3, 'valid'],
        [3, 2, 'same', 8],
        [1, 2, 'same', 8],
        [2, 2, 'valid', 8],
        [7, 2, 'same', 10],
        [5, 3, 'same', 9],
      ] as const) {
        const found = await difference({
          inputs: { x: [2, side, 6, channels] },
          weights: { kernel: [kernel, kernel, channels, filters], bias: [filters] },
          compute: (t) => tf.add(tf.conv2d(t['x'] as Tensor4, t['kernel'] as Tensor4, stride, pad), t['bias']!),
        })
        expect(found, `${channels} to ${filters}, kernel ${kernel}, stride ${stride}, ${pad}`).toBeLessThan(5e-5)
        cases++
      }
  console.log(`cases=${cases}`)
})

it.runIf(block > 1)('convolutions of batches that fill blocks, wholly or nearly', async () => {
  let cases = 0
  for (const batch of [block, 2 * block - 4])
    for (const [channels, filters] of [
      [block, block],
      [2 * block, block + 4],
      [block + 8, 5 * block],
      [3, 8],
      [1, 3 * block],
      [block, 6],
    ] as const)
      for (const [kernel, stride, pad, side = 7] of [
        [3, 1, 'same'],
        [3, 2, 'same', 8],
        [2, 1, 'valid'],
        [5, 3, 'valid'],
        [7, 2, 'same', 10],
        [4, 3, 'valid', 9],
      ] as const) {
        const found = await difference({
          inputs: { x: [batch, side, 6, channels] },
          weights: { kernel: [kernel, kernel, channels, filters] },
          compute: (t) => tf.conv2d(t['x'] as Tensor4, t['kernel'] as Tensor4, stride, pad),
        })
        const what = `batch ${batch}, ${channels} to ${filters}, kernel ${kernel}, stride ${stride}, ${pad}, ${side} px`
        expect(found, what).toBeLessThan(1e-4)
        cases++
      }
  console.log(`cases=${cases}`)
})

it.runIf(block > 1)('convolutions whose slopes are larger than the cache of a processor', async () => {
  let cases = 0
  for (const [x, [kernel, filters], stride, pad] of [
    [[block, 9, 49, block], [2, 64], 1, 'same'],
    [[2 * block, 7, 60, 3], [3, 64], 1, 'same'],
    [[block, 12, 42, block + 4], [2, 60], 1, 'valid'],
    [[block, 42, 41, 4], [2, 72], 2, 'same'],
    [[block, 64, 63, 3], [4, 64], 3, 'valid'],
  ] as const) {
    const found = await difference({
      inputs: { x: [...x] },
      weights: { kernel: [kernel, kernel, x[3], filters] },
      compute: (t) => tf.conv2d(t['x'] as Tensor4, t['kernel'] as Tensor4, stride, pad),
    })
    expect(found, `${x} to ${filters}, kernel ${kernel}, stride ${stride}, ${pad}`).toBeLessThan(1e-4)
    cases++
  }
  console.log(`cases=${cases}`)
})

it.runIf(block > 1)(
  'max poolings of values that are often equal: the first in its window takes the slope',
  async () => {
    const large = [
      { x: [2, 8, 8, 1], kernel: [2, 2], stride: [2, 2], padding: 'valid' },
      { x: [2, 9, 8, 1], kernel: [4, 5], stride: [2, 1], padding: 'same' },
      { x: [1, 12, 13, 1], kernel: [3, 2], stride: [4, 3], padding: 'same' },
    ] as const
    const cases = [...poolings, ...large]
    for (const [i, { x, kernel, stride, padding }] of cases.entries()) {
      const step = differentiated({
        inputs: { x: [...x.slice(0, 3), (1 + (i % 2)) * block] },
        compute: (t) => tf.maxPool(t['x'] as Tensor4, [...kernel], [...stride], padding) as tf.Tensor,
      })
      const feeds = new Map(feedsOf(step))
      // Whole numbers from -2 to 1: zeros, which are equal to what lies around an image, are the largest of many windows.
      feeds.set('x', { data: feeds.get('x')!.data.map((value) => Math.round(value - 0.5)) as Float32Array })
      const run = await runOnOnnx(optimize(step), feeds, 'onnx-cpu', block)
      const found = largestDifference(runOnTfjs(step, feeds).outputs, run.outputs)
      expect(found, `${x}, kernel ${kernel}, stride ${stride}, ${JSON.stringify(padding)}`).toBeLessThan(1e-6)
    }
    console.log(`cases=${cases.length}`)
  },
)

it.runIf(block > 1)('depthwise convolutions of whole blocks, with bias and activation too', async () => {
  let cases = 0
  for (const channels of [block, 3 * block])
    for (const [kernel, stride, dilation, pad, size] of [
      [3, 1, 1, 'same', [9, 7]],
      [3, 2, 1, 'same', [9, 7]],
      [3, 2, 1, 'same', [8, 6]],
      [5, 2, 1, 'valid', [9, 7]],
      [5, 2, 1, 'same', [10, 8]],
      [3, 1, 2, 'same', [9, 7]],
      [1, 2, 1, 'valid', [9, 7]],
      [1, 2, 1, 'same', [6, 8]],
      [2, 3, 1, 'valid', [9, 7]],
      [4, 3, 1, 'same', [9, 6]],
    ] as const)
      for (const isFused of [false, true]) {
        const attributes = { strides: [stride, stride], dilations: [dilation, dilation], pad, groups: channels }
        const found = await difference({
          inputs: { x: [2, ...size, channels] },
          weights: { kernel: [kernel, kernel, 1, channels], bias: [channels] },
          compute: (t) => {
            const inputs = { x: t['x']!, filter: t['kernel']! }
            const y = tf.engine().runKernel<tf.Tensor>('GroupedConv2D', inputs, attributes)
            return isFused ? tf.relu6(tf.add(y, t['bias']!)) : y
          },
        })
        const what = `${channels} channels, ${size} px, kernel ${kernel}, stride ${stride}, dilation ${dilation}, ${pad}`
        expect(found, `${what}${isFused ? ', fused' : ''}`).toBeLessThan(5e-5)
        cases++
      }
  console.log(`cases=${cases}`)
})

it.runIf(block > 1)(
  'whole units as nets have them: convolution, batch norm, sums, activations, pools, joins',
  async () => {
    const conv = (t: Readonly<Record<string, tf.Tensor>>, x: tf.Tensor) =>
      tf.conv2d(x as Tensor4, t['kernel'] as Tensor4, 1, 'same')
    const units: Record<string, (t: Readonly<Record<string, tf.Tensor>>, x: tf.Tensor) => tf.Tensor> = {
      residual: (t, x) => tf.relu(tf.add(norm(conv(t, x), t['scale']!, t['offset']!), x)),
      'norm, sum and no activation': (t, x) => tf.add(x, norm(conv(t, x), t['scale']!, t['offset']!)),
      'norm and relu6': (t, x) => tf.relu6(tf.mul(norm(conv(t, x), t['scale']!, t['offset']!), 4)),
      'norm into relu6': (t, x) => tf.relu6(norm(conv(t, x), tf.mul(t['scale']!, 5), t['offset']!)),
      'two norms': (t, x) => {
        const both = [conv(t, x), x].map((y) => norm(y, t['scale']!, t['offset']!)) as [tf.Tensor, tf.Tensor]
        return tf.relu(tf.add(...both))
      },
      'bias and activation': (t, x) => tf.relu6(tf.add(tf.relu(tf.add(conv(t, x), t['offset']!)), t['scale']!)),
      'norm and relu': (t, x) => conv(t, tf.relu(norm(x, t['scale']!, t['offset']!))),
      pools: (t, x) => {
        const y = conv(t, x) as Tensor4
        return tf.add(tf.maxPool(y, 3, 1, 'same'), tf.avgPool(y, 3, 1, 'same'))
      },
      'strided pools': (t, x) =>
        tf.add(tf.maxPool(conv(t, x) as Tensor4, 3, 2, 'same'), tf.avgPool(x as Tensor4, 3, 2, 'same')),
      join: (t, x) => {
        const [a, b] = tf.split(tf.concat([conv(t, x), x], 3), 2, 3) as [tf.Tensor, tf.Tensor]
        return tf.mul(conv(t, a), b)
      },
      means: (t, x) => tf.mul(tf.mean(conv(t, x), [1, 2]), tf.add(tf.sum(conv(t, x), [1, 2]), 1)),
      neighbours: (t, x) => tf.localResponseNormalization(conv(t, x) as Tensor4, 2, 1, 0.1, 0.75),
      activations: (t, x) => tf.mul(tf.sigmoid(conv(t, x)), tf.add(tf.relu6(conv(t, x)), tf.elu(tf.leakyRelu(x, 0.1)))),
      'a factor for each image and channel': (t, x) => tf.mul(conv(t, x), tf.mean(x, [1, 2], true)),
    }
    let cases = 0
    for (const [name, unit] of Object.entries(units))
      for (const channels of [block, 2 * block, block + 4]) {
        const found = await difference({
          inputs: { x: [2, 6, 5, channels] },
          weights: { kernel: [3, 3, channels, channels], scale: [channels], offset: [channels] },
          compute: (t) => unit(t, t['x']!),
        })
        expect(found, `${name} with ${channels} channels`).toBeLessThan(1e-4)
        cases++
      }
    console.log(`cases=${cases}`)
  },
)

it.runIf(block > 1)('a net of whole blocks has hardly any image brought out of them', () => {
  const step = differentiated({
    inputs: { x: [2, 8, 8, block] },
    weights: { kernel: [3, 3, block, block], scale: [block], offset: [block] },
    compute: (t) => {
      const unit = (x: tf.Tensor) =>
        tf.relu(tf.add(norm(tf.conv2d(x as Tensor4, t['kernel'] as Tensor4, 1, 'same'), t['scale']!, t['offset']!), x))
      return unit(unit(unit(t['x']!)))
    },
  })
  const text = Buffer.from(emitStep(optimize(step), { block }).bytes).toString('latin1')
  const uses = (operator: string) => text.split(`\u0022${String.fromCharCode(operator.length)}${operator}`).length - 1
  // The image that is fed and the slope go in, both results come out.
  expect({ into: uses('ReorderInput') > 1, out: uses('ReorderOutput') }).toEqual({ into: true, out: 2 })
})
