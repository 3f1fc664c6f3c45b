import { describe, expect, it } from 'vitest'
import { optimize } from '../../../src/main/engine/step/optimize.js'
import { faultsOf } from '../../../src/main/engine/step/verify.js'
import { tf } from '../../../src/main/engine/tf.js'
import { runOnTfjs } from '../../../src/main/engine/tfjs/run-step.js'
import { traceProgram } from '../../../src/main/engine/trace/trace.js'
import { feedsOf, largestDifference } from './program.js'
import { casesFor, runtimes } from './runtimes.js'

type Tensor = tf.Tensor
type Values = Readonly<Record<'x' | 'other' | 'kernel' | 'vector', Tensor>>

/** What nearly is what a pass looks for, and the kernels that must be left of it; the values say whether it was taken for it. */
interface Near {
  readonly compute: (values: Values) => Readonly<Record<string, Tensor>>
  readonly kernels: readonly string[]
}

const conv = ({ x, kernel }: Values) => tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, 1, 'same') as Tensor
const norm = ({ x, vector }: Values) => {
  const inputs = { x, scale: vector, offset: vector }
  return tf.engine().runKernel<Tensor[]>('BatchNormTraining', inputs, { epsilon: 1e-3 })[0]!
}
const first = (x: Tensor, at: number) => tf.slice(x, [at, 0, 0, 0], [1, -1, -1, -1])
/** 1 or -1: the sign of a zero. */
const signOf = (zero: number, x: Tensor) => tf.tanh(tf.div(tf.add(tf.square(x), 1), tf.tensor1d([zero])))

const nearly: Readonly<Record<string, Near>> = {
  'a convolution that is read beside its bias': {
    compute: (v) => {
      const y = conv(v)
      return { y, z: tf.add(y, v.vector) }
    },
    kernels: ['Add', 'Conv2D'],
  },
  'a convolution to which an image is added': {
    compute: (v) => ({ y: tf.add(conv(v), v.other) }),
    kernels: ['Add', 'Conv2D'],
  },
  'a convolution with bias that is read beside its activation': {
    compute: (v) => {
      const y = tf.add(conv(v), v.vector)
      return { y, z: tf.relu(y) }
    },
    kernels: ['FusedConv2D', 'Relu'],
  },
  'a norm to which a vector is added': {
    compute: (v) => ({ y: tf.relu(tf.add(norm(v), v.vector)) }),
    kernels: ['Add', 'BatchNormTraining', 'Relu'],
  },
  'a norm that is read beside its activation': {
    compute: (v) => {
      const y = norm(v)
      return { y, z: tf.relu(y) }
    },
    kernels: ['BatchNormTraining', 'Relu'],
  },
  'a norm whose sum with an image is read beside its activation': {
    compute: (v) => {
      const y = tf.add(norm(v), v.other)
      return { y, z: tf.relu6(y) }
    },
    kernels: ['FusedBatchNormTraining', 'Relu6'],
  },
  'a step that is not 0 below': {
    compute: ({ x, other }) => ({ y: tf.mul(other, tf.step(x, 0.3)) }),
    kernels: ['Multiply', 'Step'],
  },
  'a limit for another value than the step': {
    compute: ({ x, other }) => {
      const below = tf.cast(tf.lessEqual(tf.mul(other, 5), 6), 'float32')
      return { y: tf.relu6(x), z: tf.mul(other, tf.mul(below, tf.step(x))) }
    },
    kernels: ['Cast', 'LessEqual', 'Multiply', 'Multiply', 'Relu6', 'ReluGrad'],
  },
  'a cast that rounds': {
    compute: ({ x }) => ({ y: tf.cast(tf.cast(tf.mul(x, 3), 'int32'), 'float32') }),
    kernels: ['Cast', 'Cast', 'Multiply'],
  },
  'kernels that differ by their attributes alone': {
    compute: ({ x }) => ({ y: first(x, 0), z: first(x, 1) }),
    kernels: ['Slice', 'Slice'],
  },
  'kernels that differ by their inputs alone': {
    compute: ({ x, other }) => ({ y: tf.sub(x, other), z: tf.sub(other, x) }),
    kernels: ['Sub', 'Sub'],
  },
  'zeros of two signs': {
    compute: ({ x }) => ({ y: signOf(0, x), z: signOf(-0, x) }),
    kernels: ['Add', 'RealDiv', 'RealDiv', 'Square', 'Tanh', 'Tanh'],
  },
}

function stepOf({ compute }: Near) {
  const state = new Map([
    ['kernel', [3, 3, 3, 3]],
    ['vector', [3]],
  ])
  return traceProgram(state, (source) => {
    const image = (name: string) => source.input(name, [2, 5, 4, 3], 'float32')
    const values = {
      x: image('x'),
      other: image('other'),
      kernel: source.state('kernel'),
      vector: source.state('vector'),
    }
    return { outputs: compute(values), state: {} }
  })
}

describe.each(runtimes.map((runtime) => [runtime.name, runtime] as const))(
  'passes keep their hands off, on %s',
  (_, runtime) => {
    it.each(casesFor(runtime, Object.keys(nearly)))('%s', async (name) => {
      const near = nearly[name]!
      const step = stepOf(near)
      const optimized = optimize(step, (current, pass) => expect([pass, ...faultsOf(current)]).toEqual([pass]))
      expect(optimized.nodes.map(({ kernel }) => kernel).sort()).toEqual(near.kernels)
      const feeds = feedsOf(step)
      const expected = runOnTfjs(step, feeds).outputs
      expect(largestDifference(expected, runOnTfjs(optimized, feeds).outputs)).toBeLessThan(1e-6)
      const { outputs } = await runtime.run(optimized, feeds)
      expect(largestDifference(expected, outputs)).toBeLessThan(1e-5 * runtime.slack)
    })
  },
)
