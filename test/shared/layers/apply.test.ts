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

  it('drops whole channels and whole branches, each image by itself', () => {
    const x = tf.ones([50, 3, 3, 20])
    const fates = (type: string) => {
      const y = run(layerOf(type) as Layer, { rate: 0.5 }, [x], true)
      return [tf.min(y, [1, 2]), tf.max(y, [1, 2])].map((side) => [...side.dataSync()])
    }
    const [low, high] = fates('spatial_dropout')
    expect(low).toEqual(high)
    expect(new Set(low)).toEqual(new Set([0, 2]))
    expect(Math.abs(low!.filter((value) => value === 0).length / 1_000 - 0.5)).toBeLessThan(0.06)
    const branches = fates('stochastic_depth')[0]!
    const perImage = Array.from({ length: 50 }, (_, i) => new Set(branches.slice(20 * i, 20 * i + 20)))
    expect(perImage.every((fate) => fate.size === 1)).toBe(true)
    expect(new Set(branches)).toEqual(new Set([0, 2]))
  })

  it('adds noise of the deviation asked for, while training only', () => {
    const noise = layerOf('gaussian_noise') as Layer
    const x = tf.zeros([1, 5_000])
    let draw = 0
    const context2 = { ...context(true), random: (shape: readonly number[]) => tensor(shape, 40 + draw++) }
    const y = [...noise.apply(context2, { deviation: 0.5 }, [x], {}).dataSync()]
    const mean = y.reduce((sum, value) => sum + value, 0) / y.length
    const deviation = Math.sqrt(y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / y.length)
    expect(Math.abs(mean)).toBeLessThan(0.03)
    expect(Math.abs(deviation - 0.5)).toBeLessThan(0.02)
    expect(Math.abs(y.filter((value) => Math.abs(value) < 0.5).length / y.length - 0.683)).toBeLessThan(0.03)
    expect([...run(noise, {}, [x]).dataSync()]).toEqual([...x.dataSync()])
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
