import { expect, it } from 'vitest'
import { optimize } from '../../src/main/engine/step/optimize.js'
import { tf } from '../../src/main/engine/tf.js'
import type { StepFeeds } from '../../src/main/engine/tfjs/run-step.js'
import type { Layer } from '../../src/shared/layers/define.js'
import { defaultsOf } from '../../src/shared/layers/fields.js'
import { layerOf } from '../../src/shared/layers/index.js'
import { differentiated, largestDifference } from '../main/engine/program.js'
import { runOnOnnx } from '../main/engine/run-on-onnx.js'

/** Values and gradients of `sum(y * slope)`, computed in float64 by PyTorch 2.15 (nn.functional) and rounded. */
interface Published {
  readonly params?: object
  readonly weights?: Readonly<Record<string, readonly number[]>>
  readonly y: readonly number[]
  readonly dx: readonly number[]
}

/** At x = -4, -2.5, -1, -0.3, 0.3, 1, 2.5, 4 with slope 1. */
const activations: Readonly<Record<string, Published>> = {
  selu: {
    y: [-1.7258986, -1.6137858, -1.1113307, -0.4556673, 0.3152103, 1.050701, 2.6267525, 4.2028039],
    dx: [0.0322007, 0.1443136, 0.6467686, 1.302432, 1.050701, 1.050701, 1.050701, 1.050701],
  },
  gelu: {
    y: [-0.0001267, -0.0155242, -0.1586553, -0.1146266, 0.1853734, 0.8413447, 2.4844758, 3.9998733],
    dx: [-0.0005036, -0.0376111, -0.0833155, 0.2676722, 0.7323278, 1.0833155, 1.0376111, 1.0005036],
  },
  mish: {
    y: [-0.0725917, -0.1968162, -0.3034015, -0.1511332, 0.2080014, 0.8650984, 2.4713923, 3.9974128],
    dx: [-0.0537732, -0.1097436, 0.0592168, 0.4085109, 0.7828273, 1.0490362, 1.0411295, 1.0044329],
  },
  softplus: {
    y: [0.0181499, 0.0788897, 0.3132617, 0.5543552, 0.8543552, 1.3132617, 2.5788897, 4.0181499],
    dx: [0.0179862, 0.0758582, 0.2689414, 0.4255575, 0.5744425, 0.7310586, 0.9241418, 0.9820138],
  },
  hard_swish: {
    y: [0, -0.2083333, -0.3333333, -0.135, 0.165, 0.6666667, 2.2916667, 4],
    dx: [0, -0.3333333, 0.1666667, 0.4, 0.6, 0.8333333, 1.3333333, 1],
  },
  hard_sigmoid: {
    y: [0, 0.0833333, 0.3333333, 0.45, 0.55, 0.6666667, 0.9166667, 1],
    dx: [0, 0.1666667, 0.1666667, 0.1666667, 0.1666667, 0.1666667, 0.1666667, 0],
  },
  prelu: {
    weights: { alpha: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5] },
    y: [-2, -1.25, -0.5, -0.15, 0.3, 1, 2.5, 4],
    dx: [0.5, 0.5, 0.5, 0.5, 1, 1, 1, 1],
  },
}

/** Of an image [2, 2, 4] with x_i = cos(1.3 i), slope sin(i), epsilon 1e-3, gamma 1 and beta 0; instance norm as group norm. */
const norms: Readonly<Record<string, Published>> = {
  layer_norm: {
    y: [
      1.419043, 0.455545, -1.023421, -0.851167, 0.467384, 1.185487, -0.118554, -1.534317, -1.292984, 0.739182, 1.176107,
      -0.622305, -1.361798, -0.55292, 0.957707, 0.957011,
    ],
    dx: [
      -0.310701, 0.58468, 0.349321, -0.6233, -0.189664, 0.150233, -0.025367, 0.064799, 1.184231, 1.061149, -0.364331,
      -1.881049, -0.276132, 0.421147, 0.147689, -0.292704,
    ],
  },
  group_norm: {
    params: { groups: 2 },
    y: [
      1.182193, 0.126908, -1.147055, -0.968123, 0.416506, 1.148464, 0.097477, -1.271165, -1.066655, 0.674499, 1.263646,
      -0.19775, -1.690739, -0.791177, 1.111852, 1.111118,
    ],
    dx: [
      0.247969, 1.172854, 0.843324, -0.184647, -1.050848, -1.142701, -0.630435, 0.483576, 1.060864, 0.70343, -0.851012,
      -1.650681, -1.307443, 0.315874, 1.22748, 0.762395,
    ],
  },
  instance_norm: {
    params: { epsilon: 1e-3 },
    y: [
      1.285968, -0.225248, -1.531893, -0.691069, 0.616988, 1.188461, -0.242447, -1.020017, -0.678847, 0.532552,
      0.965806, 0.145163, -1.224109, -1.495765, 0.808534, 1.565924,
    ],
    dx: [
      0.290608, 1.126205, 0.337183, 0.070068, -0.763392, -1.23847, -0.866604, 0.848045, 1.238067, 0.926727, -0.792332,
      -1.655085, -0.765283, -0.814462, 1.321753, 0.736972,
    ],
  },
}

async function difference(type: string, { params, weights = {}, y, dx }: Published, x: number[], slope: number[]) {
  const layer = layerOf(type) as Layer
  const shape = x.length === 16 ? [2, 2, 4] : [8]
  const p = { ...defaultsOf(layer.params), ...params }
  const specs = layer.weights?.(p, [shape]) ?? {}
  const step = differentiated({
    inputs: { x: [1, ...shape] },
    weights: Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, spec.shape])),
    compute: (t) => layer.apply({ tf, training: true, update: () => {}, random: () => t['x']! }, p, [t['x']!], t),
  })
  const values = Object.entries(specs).map(([name, { init, shape }]) => {
    const start = init.kind === 'constant' ? init.value : NaN
    return [name, { data: Float32Array.from(weights[name] ?? Array<number>(shape[0]!).fill(start)) }] as const
  })
  const feeds: StepFeeds = new Map([
    ['x', { data: Float32Array.from(x) }],
    ['slope', { data: Float32Array.from(slope) }],
    ...values,
  ])
  const expected = { y: { data: Float32Array.from(y) }, 'd x': { data: Float32Array.from(dx) } }
  return largestDifference(new Map(Object.entries(expected)), (await runOnOnnx(optimize(step), feeds)).outputs)
}

it.each(Object.keys(activations))('%s has the values and slopes that PyTorch has', async (type) => {
  const x = [-4, -2.5, -1, -0.3, 0.3, 1, 2.5, 4]
  expect(await difference(type, activations[type]!, x, Array<number>(8).fill(1))).toBeLessThan(1e-6)
})

it.each(Object.keys(norms))('%s has the values and gradients that PyTorch has', async (type) => {
  const [x, slope] = [Math.cos, Math.sin].map((wave, k) => Array.from({ length: 16 }, (_, i) => wave(k ? i : 1.3 * i)))
  expect(await difference(type, norms[type]!, x!, slope!)).toBeLessThan(3e-6)
})
