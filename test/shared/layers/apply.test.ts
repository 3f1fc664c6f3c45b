import '../../../src/main/engine/tfjs/run-step.js'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ApplyContext, Layer } from '../../../src/shared/layers/define.js'
import { defaultsOf } from '../../../src/shared/layers/fields.js'
import { layerOf, layers } from '../../../src/shared/layers/index.js'
import { uniform } from '../../../src/shared/random.js'

beforeAll(async () => {
  await tf.setBackend('cpu')
})

const context = (training: boolean): ApplyContext => ({
  tf,
  training,
  update: () => undefined,
  random: (shape) => tensor(shape, 9),
})

/** Uniform numbers of a seed in a tensor. */
function tensor(shape: readonly number[], seed: number): tf.Tensor {
  const count = shape.reduce((product, size) => product * size, 1)
  return tf.tensor(
    Float32Array.from({ length: count }, (_, i) => uniform(seed, i)),
    [...shape],
  )
}

function run(layer: Layer, params: object, inputs: readonly tf.Tensor[], training = false): tf.Tensor {
  const values = { ...defaultsOf(layer.params), ...params }
  const specs =
    layer.weights?.(
      values,
      inputs.map((x) => x.shape.slice(1)),
    ) ?? {}
  const weights = Object.entries(specs).map(([name, { shape }], i) => [name, tensor(shape, 20 + i)])
  return layer.apply(context(training), values, inputs, Object.fromEntries(weights))
}

const cases = layers
  .filter(({ type }) => type !== 'input')
  .flatMap((layer) => layer.examples.map((example) => ({ layer, example })))

describe('what a layer computes', () => {
  console.log(`cases=${cases.length}`)

  it.each(cases)('$layer.type $example has the shape that it says', ({ layer, example }) => {
    const shapes = example.inputs.map((shape) => shape.map((size) => size ?? 6))
    const output = run(
      layer,
      example.params ?? {},
      shapes.map((shape, i) => tensor([2, ...shape], i)),
    )
    expect(output.shape).toEqual([
      2,
      ...(layer.infer({ ...defaultsOf(layer.params), ...example.params }, shapes) as number[]),
    ])
    expect(output.dataSync().every(Number.isFinite)).toBe(true)
  })

  it('keeps about 1 - rate of the values in dropout, scaled up, and does nothing outside training', () => {
    const dropout = layerOf('dropout') as Layer
    const x = tf.ones([4, 500])
    expect([...run(dropout, { rate: 0.4 }, [x]).dataSync()]).toEqual([...x.dataSync()])
    const y = [...run(dropout, { rate: 0.4 }, [x], true).dataSync()]
    const kept = y.filter((value) => value !== 0)
    expect(new Set(kept)).toEqual(new Set([Math.fround(1 / 0.6)]))
    expect(Math.abs(kept.length / 2_000 - 0.6)).toBeLessThan(0.04)
  })

  it('divides an average at the border by the real pixels', () => {
    const params = { kernel: [3, 3], stride: [1, 1] }
    const y = run(layerOf('average_pool') as Layer, params, [tf.ones([1, 4, 4, 1])])
    expect([...y.dataSync()]).toEqual(new Array(16).fill(1))
  })

  it("divides by the neighbours' squares with TensorFlow's alpha in local response norm", () => {
    const x = tf.tensor4d([1, 2, 3], [1, 1, 1, 3])
    const y = run(layerOf('lrn') as Layer, { depth_radius: 1, bias: 1, alpha: 0.5, beta: 1 }, [x])
    const expected = [1 / (1 + 0.5 * 5), 2 / (1 + 0.5 * 14), 3 / (1 + 0.5 * 13)]
    expect([...y.dataSync()].map((value, i) => Math.abs(value - expected[i]!) < 1e-6)).toEqual([true, true, true])
  })
})
