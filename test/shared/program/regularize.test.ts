import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, it } from 'vitest'
import type { Tensor } from '../../../src/shared/layers/define.js'
import { optimizerOf } from '../../../src/shared/program/optimizers.js'
import { clipByNorm, decayed, decayOf } from '../../../src/shared/program/regularize.js'

beforeAll(async () => {
  await tf.setBackend('cpu')
})

/** PyTorch 2.15 in float64: clip_grad_norm_ 2.5, then SGD with momentum 0.9 and weight_decay 0.02 on the kernel only, rate 0.1. */
const byTorch = [0.28894973, -1.07140967, 2.2506666, 0.25944018, -0.00525824, -1.30356973]

it('clips and decays as PyTorch does', () => {
  const optimizer = optimizerOf('momentum')
  const rate = tf.scalar(0.1)
  let weights: readonly Tensor[] = [tf.tensor([0.5, -1.2, 2, 0.03], [2, 2]), tf.tensor([0.4, -0.7])]
  let slots = weights.map(({ shape }) => ({ momentum: tf.zeros(shape) }) as Readonly<Record<string, Tensor>>)
  for (let t = 0; t < 5; t++) {
    const kernel = [0, 1, 2, 3].map((i) => (1 + t) * Math.cos(1.7 * t + i))
    const raw = [tf.tensor(kernel, [2, 2]), tf.tensor([Math.sin(0.9 * t), Math.sin(0.9 * t + 1)])]
    const clipped = clipByNorm(tf, raw, 2.5)
    const made = weights.map((before, i) => {
      const pair = { weight: before, gradient: clipped[i]! }
      const { weight, gradient } = decayed(tf, optimizer, pair, rate, decayOf(optimizer, 0.02))
      return optimizer.update(tf, weight, gradient, slots[i]!, rate, {})
    })
    weights = made.map(({ weight }) => weight)
    slots = made.map((updated) => updated.slots)
  }
  const found = weights.flatMap((weight) => [...weight.dataSync()])
  expect(Math.max(...found.map((value, i) => Math.abs(value - byTorch[i]!)))).toBeLessThan(3e-6)
})

it('leaves short gradients and missing ones as they are', () => {
  const gradient = tf.tensor([0.3, -0.4])
  const [same, missing] = clipByNorm(tf, [gradient, null], 0.51)
  expect([[...same!.dataSync()], missing]).toEqual([[...gradient.dataSync()], null])
  expect(clipByNorm(tf, [null], 1)).toEqual([null])
  expect([
    decayOf(optimizerOf('adam'), 0),
    decayOf(optimizerOf('adamw'), 0),
    decayOf(optimizerOf('adamw'), 0.1),
  ]).toEqual([0, 0.01, 0.1])
})
