import { describe, expect, it } from 'vitest'
import { optimize } from '../../src/main/engine/step/optimize.js'
import { tf } from '../../src/main/engine/tf.js'
import { runOnTfjs, type StepFeeds } from '../../src/main/engine/tfjs/run-step.js'
import { traceProgram } from '../../src/main/engine/trace/trace.js'
import type { FlatNode } from '../../src/shared/graph/graph.js'
import { defaultsOf, type Fields } from '../../src/shared/layers/fields.js'
import { layerOf } from '../../src/shared/layers/index.js'
import { headLoss } from '../../src/shared/program/losses.js'
import { differentiated, largestDifference } from '../main/engine/program.js'
import { runtimes } from '../main/engine/runtimes.js'

/** A head with what it makes of two images with labels 3 and 1. */
interface Published {
  readonly type: 'head' | 'regression_head'
  readonly params: object
  readonly smoothing?: number
  readonly loss: number
  readonly dx: readonly number[]
}

/** Two images with logits for four classes, or with a number each. */
const LOGITS = [1, -2, 0.5, 3, 0.2, 0.1, -1, 2]
const NUMBERS = [2.25, 1.75]
const LABELS = [3, 1]
const WEIGHTS = [1, 2, 0.5, 3]

/** Computed in float64 by PyTorch 2.15 (nn.functional) and rounded; the weighted ones agree with Keras 3.15 in float32. */
const published: Readonly<Record<string, Published>> = {
  softmax: {
    type: 'head',
    params: {},
    loss: 1.20657739,
    dx: [0.05527688, 0.00275207, 0.03352712, -0.09155607, 0.06056437, -0.44519909, 0.01824164, 0.36639309],
  },
  'softmax, smoothed by the settings': {
    type: 'head',
    params: {},
    smoothing: 0.1,
    loss: 1.31407739,
    dx: [0.04277688, -0.00974793, 0.02102712, -0.05405607, 0.04806437, -0.40769909, 0.00574164, 0.35389309],
  },
  'softmax, smoothed by the head instead': {
    type: 'head',
    params: { smoothing: 0.1 },
    smoothing: 0.5,
    loss: 1.31407739,
    dx: [0.04277688, -0.00974793, 0.02102712, -0.05405607, 0.04806437, -0.40769909, 0.00574164, 0.35389309],
  },
  'softmax, classes weighted': {
    type: 'head',
    params: { class_weights: WEIGHTS },
    loss: 2.51428151,
    dx: [0.16583063, 0.00825622, 0.10058136, -0.2746682, 0.12112874, -0.89039818, 0.03648328, 0.73278617],
  },
  sigmoid: {
    type: 'head',
    params: { kind: 'sigmoid' },
    loss: 0.79319741,
    dx: [0.09138232, 0.01490037, 0.07780742, -0.00592823, 0.06872925, -0.0593776, 0.03361768, 0.11009963],
  },
  'sigmoid, smoothed, classes weighted': {
    type: 'head',
    params: { kind: 'sigmoid', smoothing: 0.1, class_weights: WEIGHTS },
    loss: 1.94612657,
    dx: [0.25539697, 0.0259511, 0.21467225, 0.0009653, 0.1249585, -0.1062552, 0.05473536, 0.20769927],
  },
  regression: { type: 'regression_head', params: {}, loss: 0.5625, dx: [-0.75, 0.75] },
}

function nodeOf(type: string, params: object): FlatNode {
  const layer = layerOf(type)!
  return { id: type, origin: type, layer, params: { ...defaultsOf(layer.params as Fields), ...params }, inputs: [] }
}

function feedsFor(x: readonly number[]): StepFeeds {
  return new Map<string, { data: Float32Array | Int32Array }>([
    ['x', { data: Float32Array.from(x) }],
    ['labels', { data: Int32Array.from(LABELS) }],
    ['slope', { data: Float32Array.of(1) }],
  ])
}

describe.each(runtimes.map((runtime) => [runtime.name, runtime] as const))('on %s', (_, runtime) => {
  it.each(Object.entries(published))('%s has the loss and gradient that PyTorch has', async (_name, head) => {
    const x = head.type === 'head' ? LOGITS : NUMBERS
    const node = nodeOf(head.type, head.params)
    const step = differentiated({
      inputs: { x: [2, x.length / 2] },
      compute: (t, source) => {
        const labels = source.input('labels', [2], 'int32')
        return tf.reshape(headLoss(tf, node, t['x']!, labels, head.smoothing).loss, [1])
      },
    })
    const { outputs } = await runtime.run(optimize(step), feedsFor(x))
    const expected = { y: { data: Float32Array.of(head.loss) }, 'd x': { data: Float32Array.from(head.dx) } }
    expect(largestDifference(new Map(Object.entries(expected)), outputs)).toBeLessThan(1e-6 * runtime.slack)
  })
})

/** Hits, distance and what the user sees of a head. */
function looks(type: string, params: object, x: readonly number[]) {
  const node = nodeOf(type, params)
  const step = traceProgram(new Map(), (source) => {
    const values = source.input('x', [2, x.length / 2], 'float32')
    const { correct, error } = headLoss(tf, node, values, source.input('labels', [2], 'int32'))
    const seen = node.layer.head!.output(tf, node.params, values)
    return { outputs: { correct, seen, ...(error && { error }) }, state: {} }
  })
  const { outputs } = runOnTfjs(step, feedsFor(x))
  return Object.fromEntries([...outputs].map(([name, { data }]) => [name, [...data].map((v) => Number(v.toFixed(4)))]))
}

it('counts hits of classes and of the number nearest to the class, and says how far off numbers are', () => {
  expect(looks('head', { kind: 'sigmoid' }, LOGITS)).toEqual({
    correct: [1],
    seen: [0.7311, 0.1192, 0.6225, 0.9526, 0.5498, 0.525, 0.2689, 0.8808],
  })
  expect(looks('regression_head', {}, [2.6, 1.75])).toEqual({ correct: [1], seen: [2.6, 1.75], error: [0.575] })
})
