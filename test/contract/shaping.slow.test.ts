import { describe, expect, it } from 'vitest'
import { optimize } from '../../src/main/engine/step/optimize.js'
import { tf } from '../../src/main/engine/tf.js'
import { runOnTfjs } from '../../src/main/engine/tfjs/run-step.js'
import { differentiated, feedsOf, largestDifference, type Differentiable } from '../main/engine/program.js'
import { casesFor, runtimes } from '../main/engine/runtimes.js'

type Pair = [number, number]
type Pairs = [Pair, Pair, Pair, Pair]

const sides = [1, 2, 3, 5, 8, 9]
const modes = ['nearest', 'bilinear', 'adaptive'] as const

/** Every way from one size to another along a side, in every mode; images grow along one side while they shrink along the other. */
const resamplings: readonly Differentiable[] = modes.flatMap((mode) =>
  sides.flatMap((from, i) =>
    sides.map((to, j) => {
      const width = sides[(i + j) % sides.length]!
      const size = [to, sides[(i + 2 * j + 1) % sides.length]!]
      return {
        inputs: { x: [1 + (j % 2), from, width, 1 + ((i + j) % 3)] },
        compute: (t) => tf.engine().runKernel<tf.Tensor>('Resample', { x: t['x']! }, { size, mode }),
      } satisfies Differentiable
    }),
  ),
)

const onImage = (compute: (x: tf.Tensor4D) => tf.Tensor, x = [2, 5, 4, 6]): Differentiable => ({
  inputs: { x },
  compute: (t) => compute(t['x'] as tf.Tensor4D),
})

const permutations = [0, 1, 2, 3].flatMap((a) =>
  [0, 1, 2, 3].flatMap((b) => [0, 1, 2, 3].map((c) => [a, b, c, 6 - a - b - c])),
)

/** Sums and means over axes: squared, so that their slopes differ. */
const reductions: readonly Differentiable[] = [[0], [1, 2], [3], [0, 1, 2], [1, 3], [0, 1, 2, 3]].flatMap((axes) =>
  [true, false].flatMap((keep) => [
    onImage((x) => tf.square(tf.mean(x, axes, keep))),
    onImage((x) => tf.square(tf.sum(x, axes, keep))),
  ]),
)

/** Values moved: padding and slices of every axis, every order of axes, reversed axes, shuffled channels, plain matrices too. */
const moves: readonly Differentiable[] = [
  onImage((x) =>
    tf.pad(x, [
      [0, 0],
      [1, 2],
      [0, 3],
      [2, 0],
    ] as Pairs),
  ),
  onImage((x) =>
    tf.pad(
      x,
      [
        [1, 0],
        [0, 0],
        [0, 0],
        [0, 1],
      ] as Pairs,
      2.5,
    ),
  ),
  onImage((x) =>
    tf.pad(tf.reshape(x, [10, 24]), [
      [1, 0],
      [0, 2],
    ] as [Pair, Pair]),
  ),
  onImage((x) => tf.slice(x, [1, 0, 1, 2], [1, 5, 2, 3])),
  onImage((x) => tf.slice(x, [0, 2, 0, 0], [-1, 2, -1, -1])),
  onImage((x) => tf.slice(tf.reshape(x, [10, 24]), [3, 0], [4, 24])),
  ...permutations.filter((order) => new Set(order).size === 4).map((order) => onImage((x) => tf.transpose(x, order))),
  onImage((x) => tf.transpose(tf.reshape(x, [10, 24]), [1, 0])),
  onImage((x) => tf.transpose(tf.reshape(x, [4, 5, 12]), [2, 0, 1])),
  ...[[1], [2], [3], [1, 2], [0, 1, 2, 3]].map((axes) => onImage((x) => tf.reverse(x, axes))),
  onImage((x) => tf.reverse(tf.reshape(x, [10, 24]), 1)),
  ...[1, 2, 3, 6].map((groups) =>
    onImage((x) => tf.engine().runKernel<tf.Tensor>('ChannelShuffle', { x }, { groups })),
  ),
]

/** Transposed convolutions: kernels smaller and larger than the stride, pixels cut off each side. */
const transposedConvolutions: readonly Differentiable[] = [1, 2, 3].flatMap((kernel, i) =>
  [1, 2, 3].flatMap((stride, j) =>
    (['same', 'valid', [1, 0]] as const)
      .filter((cut) => typeof cut === 'string' || kernel > 1)
      .map((cut, k): Differentiable => {
        const [rows, columns, filters] = [1 + ((i + k) % 4), 3 + ((j + k) % 2), 1 + ((i + j) % 3)]
        const grown = (size: number) => {
          if (cut === 'same') return size * stride
          const whole = cut === 'valid' ? size * stride + Math.max(kernel - stride, 0) : (size - 1) * stride + kernel
          return cut === 'valid' ? whole : whole - 1
        }
        const pad =
          typeof cut === 'string'
            ? cut
            : ([
                [0, 0],
                [1, 0],
                [0, 1],
                [0, 0],
              ] as Pairs)
        return {
          inputs: { x: [1 + (k % 2), rows, columns, 2] },
          weights: { kernel: [kernel, kernel, filters, 2] },
          compute: (t, _source) => {
            const size = [1 + (k % 2), Math.max(grown(rows), 1), grown(columns), filters] as [
              number,
              number,
              number,
              number,
            ]
            return tf.conv2dTranspose(t['x'] as tf.Tensor4D, t['kernel'] as tf.Tensor4D, size, [stride, stride], pad)
          },
        }
      }),
  ),
)

const programs = { resamplings, moves, reductions, 'transposed convolutions': transposedConvolutions }

describe.each(runtimes.map((runtime) => [runtime.name, runtime] as const))('on %s', (_, runtime) => {
  it.each(Object.entries(programs))('%s agree with tfjs, forward and gradient', async (_name, all) => {
    let largest = 0
    const own = casesFor(runtime, all)
    for (const program of own) {
      const step = differentiated(program)
      const feeds = feedsOf(step)
      const run = await runtime.run(optimize(step), feeds)
      const judged = runOnTfjs(step, feeds).outputs
      expect([...run.outputs].map(([name, { shape }]) => [name, shape])).toEqual(
        [...judged].map(([name, { shape }]) => [name, shape]),
      )
      largest = Math.max(largest, largestDifference(judged, run.outputs))
    }
    console.log(`cases=${own.length} largest=${largest}`)
    expect(largest).toBeLessThan(2e-6 * runtime.slack)
  })
})

it('plain loops have the gradients of central differences', () => {
  let cases = 0
  for (const program of [...resamplings, ...moves.slice(-4)]) {
    const step = differentiated(program)
    const feeds = feedsOf(step)
    const goal = (x: Float32Array) => {
      const y = runOnTfjs(step, new Map([...feeds, ['x', { data: x }]])).outputs.get('y')!.data
      return y.reduce((sum, value, i) => sum + value * feeds.get('slope')!.data[i]!, 0)
    }
    const x = Float32Array.from(feeds.get('x')!.data)
    const { data } = runOnTfjs(step, feeds).outputs.get('d x')!
    // All of these are linear, so a step may be large.
    for (let i = 0; i < data.length; i += Math.ceil(data.length / 4)) {
      const numeric = (goal(x.with(i, x[i]! + 1)) - goal(x.with(i, x[i]! - 1))) / 2
      expect(Math.abs(numeric - data[i]!)).toBeLessThan(2e-5)
      cases++
    }
  }
  expect(cases).toBeGreaterThan(300)
  console.log(`cases=${cases}`)
})
