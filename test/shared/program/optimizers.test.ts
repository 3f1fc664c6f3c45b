import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, it } from 'vitest'
import type { Tensor } from '../../../src/shared/layers/define.js'
import { optimizerOf } from '../../../src/shared/program/optimizers.js'
import { decayed, decayOf } from '../../../src/shared/program/regularize.js'
import { OPTIMIZERS, type OptimizerName } from '../../../src/shared/training/settings.js'

beforeAll(async () => {
  await tf.setBackend('cpu')
})

/**
 * A kernel [2, 2] and a bias [2] after five steps at a rate of 0.1, computed in float64 by Keras 3.15: SGD (plain, momentum
 * 0.9, with nesterov), RMSprop, Adam and AdamW (weight_decay 0.01, the bias excluded). PyTorch 2.15 with epsilon 1e-7 agrees
 * to 1e-8 where no epsilon matters and to 1e-6 elsewhere.
 */
const byKeras: Readonly<Record<OptimizerName, readonly number[]>> = {
  sgd: [0.12991851, -1.40130103, 2.15255467, 0.3961523, 0.2257966, -0.75992321],
  momentum: [0.24315434, -1.32383848, 2.12302523, 0.2867801, -0.17024897, -1.2607672],
  nesterov: [-0.10124258, -1.51275566, 2.26327737, 0.6272544, -0.28742747, -1.26461369],
  rmsprop: [0.16351757, -1.37189132, 2.38809411, 0.41787436, -0.16528977, -1.01234011],
  adam: [0.37397425, -1.23576714, 2.15975522, 0.17415027, 0.10338884, -1.04006818],
  adamw: [0.37191129, -1.2296379, 2.14915622, 0.17349958, 0.10338884, -1.04006818],
}

/** Gradients of step t: `(1 + t) cos(1.7 t + i)` for the kernel, `sin(0.9 t + i)` for the bias. */
function gradients(t: number): readonly Tensor[] {
  const kernel = [0, 1, 2, 3].map((i) => (1 + t) * Math.cos(1.7 * t + i))
  return [tf.tensor(kernel, [2, 2]), tf.tensor([Math.sin(0.9 * t), Math.sin(0.9 * t + 1)])]
}

it.each(OPTIMIZERS)('%s takes the steps that Keras takes', (name) => {
  const optimizer = optimizerOf(name)
  const { slots, advance, update } = optimizer
  let weights: readonly Tensor[] = [tf.tensor([0.5, -1.2, 2, 0.03], [2, 2]), tf.tensor([0.4, -0.7])]
  const zero = (names: readonly string[], shape: number[]) => Object.fromEntries(names.map((s) => [s, tf.zeros(shape)]))
  let own = weights.map(({ shape }) => zero(slots.perWeight, shape) as Readonly<Record<string, Tensor>>)
  let shared: Readonly<Record<string, Tensor>> = zero(slots.shared, [])
  for (let t = 0; t < 5; t++) {
    shared = advance(tf, shared)
    const given = gradients(t)
    const rate = tf.scalar(0.1)
    const made = weights.map((before, i) => {
      const pair = { weight: before, gradient: given[i]! }
      const { weight, gradient } = decayed(tf, optimizer, pair, rate, decayOf(optimizer, 0))
      return update(tf, weight, gradient, own[i]!, rate, shared)
    })
    weights = made.map(({ weight }) => weight)
    own = made.map((updated) => updated.slots)
  }
  const found = weights.flatMap((weight) => [...weight.dataSync()])
  const differences = found.map((value, i) => Math.abs(value - byKeras[name][i]!))
  expect(differences.length).toBe(6)
  expect(Math.max(...differences)).toBeLessThan(2e-6)
})
