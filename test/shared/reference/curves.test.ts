import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import type { Tensor } from '../../../src/shared/layers/define.js'
import { defaultsOf } from '../../../src/shared/layers/fields.js'
import { layers } from '../../../src/shared/layers/index.js'
import { CURVES } from '../../../src/shared/reference/curves.js'

const activations = layers.filter(({ family, type }) => family === 'act' && type !== 'softmax')
console.log(`cases=${activations.length}`)

it.each(activations)('the curve of $type is what the layer computes', (layer) => {
  const xs = Array.from({ length: 33 }, (_, i) => (i - 16) / 4)
  const context = { tf, training: false, update: () => undefined, random: () => tf.zeros([1]) }
  const specs = layer.weights?.({}, [[1]]) ?? {}
  const weights: Record<string, Tensor> = {}
  for (const [name, { shape, init }] of Object.entries(specs)) {
    weights[name] = tf.fill([...shape], init.kind === 'constant' ? init.value : NaN)
  }
  const x = tf.tensor2d(xs, [xs.length, 1])
  const y = layer.apply(context as never, defaultsOf(layer.params), [x], weights).dataSync()
  xs.forEach((value, i) => expect(CURVES[layer.type]!(value)).toBeCloseTo(y[i]!, 5))
})
