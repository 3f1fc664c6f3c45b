import { describe, expect, it } from 'vitest'
import { optimize } from '../../src/main/engine/step/optimize.js'
import { tf } from '../../src/main/engine/tf.js'
import { runOnTfjs } from '../../src/main/engine/tfjs/run-step.js'
import { differentiated, feedsOf, largestDifference } from '../main/engine/program.js'
import { groupedConvolutions, type GroupedCase } from '../main/engine/grouped.js'
import { casesFor, runtimes } from '../main/engine/runtimes.js'

type Tensor4 = tf.Tensor4D
type Convolve = (x: tf.Tensor, kernel: tf.Tensor) => tf.Tensor

/** The kernel of our own. */
const own =
  ({ stride: strides, dilation: dilations, padding: pad, groups }: GroupedCase): Convolve =>
  (x, filter) =>
    tf.engine().runKernel<tf.Tensor>('GroupedConv2D', { x, filter }, { strides, dilations, pad, groups })

function stepOf({ x, kernel }: GroupedCase, convolve: Convolve) {
  return differentiated({
    inputs: { x },
    weights: { kernel },
    compute: (t) => convolve(t['x']!, t['kernel']!),
  })
}

/** What tfjs's own operations make of a case: values and both gradients, put together from one convolution per group. */
function byTfjs(given: GroupedCase) {
  const { stride, padding, groups } = given
  const step = stepOf(given, (x, kernel) => {
    if (groups === 1) return tf.conv2d(x as Tensor4, kernel as Tensor4, stride, padding)
    const filters = tf.split(kernel, groups, 3) as Tensor4[]
    return tf.concat(
      (tf.split(x, groups, 3) as Tensor4[]).map((part, g) => tf.conv2d(part, filters[g]!, stride, padding)),
      3,
    )
  })
  return runOnTfjs(step, feedsOf(step)).outputs
}

/** `sum(y * slope)` by the definition of a convolution, in float64, for values in flat NHWC and HWIO order. */
function goal(given: GroupedCase, x: Float64Array, kernel: Float64Array, slope: Float64Array, outShape: number[]) {
  const [, height, width, channels] = given.x as [number, number, number, number]
  const [kernelHeight, kernelWidth, inGroup, filters] = given.kernel as [number, number, number, number]
  const [batch, rows, columns] = outShape as [number, number, number]
  const before = [height, width].map((size, side) => {
    const reach = (given.kernel[side]! - 1) * given.dilation[side]! + 1
    const total = Math.max((outShape[1 + side]! - 1) * given.stride[side]! + reach - size, 0)
    if (given.padding === 'valid') return 0
    return given.padding === 'same' ? Math.floor(total / 2) : given.padding[1 + side]![0]!
  })
  let sum = 0
  for (let n = 0; n < batch; n++)
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < columns; c++)
        for (let o = 0; o < filters; o++)
          for (let i = 0; i < kernelHeight; i++)
            for (let j = 0; j < kernelWidth; j++)
              for (let k = 0; k < inGroup; k++) {
                const y = r * given.stride[0] + i * given.dilation[0] - before[0]!
                const z = c * given.stride[1] + j * given.dilation[1] - before[1]!
                if (y < 0 || z < 0 || y >= height || z >= width) continue
                const channel = Math.floor(o / (filters / given.groups)) * inGroup + k
                sum +=
                  x[((n * height + y) * width + z) * channels + channel]! *
                  kernel[((i * kernelWidth + j) * inGroup + k) * filters + o]! *
                  slope[((n * rows + r) * columns + c) * filters + o]!
              }
  return sum
}

const named = runtimes.map((runtime) => [runtime.name, runtime] as const)

describe('grouped, depthwise and dilated convolutions', () => {
  it.each(named)(
    'on %s agree with plain loops, forward and both gradients',
    async (_, runtime) => {
      let largest = 0
      const cases = casesFor(runtime, groupedConvolutions)
      for (const given of cases) {
        const step = stepOf(given, own(given))
        const feeds = feedsOf(step)
        const run = await runtime.run(optimize(step), feeds)
        const difference = largestDifference(runOnTfjs(step, feeds).outputs, run.outputs)
        expect(difference, JSON.stringify(given)).toBeLessThan(2e-5 * runtime.slack)
        largest = Math.max(largest, difference)
      }
      console.log(`cases=${cases.length} largest=${largest}`)
    },
    240_000,
  )

  it.each(named)(
    'on %s take a bias and an activation on the way',
    async (_, runtime) => {
      const cases = casesFor(
        runtime,
        groupedConvolutions.filter((_given, i) => i % 5 === 0),
      )
      for (const [i, given] of cases.entries()) {
        const activate = [tf.relu, tf.relu6, tf.clone][i % 3] as (x: tf.Tensor) => tf.Tensor
        const step = differentiated({
          inputs: { x: given.x },
          weights: { kernel: given.kernel, bias: [given.kernel[3]!] },
          compute: (t) => activate(tf.add(own(given)(t['x']!, t['kernel']!), t['bias']!)),
        })
        const [fused, feeds] = [optimize(step), feedsOf(step)]
        expect(fused.nodes.map(({ kernel }) => kernel)).toContain('FusedGroupedConv2D')
        const expected = runOnTfjs(step, feeds).outputs
        expect(largestDifference(expected, runOnTfjs(fused, feeds).outputs)).toBeLessThan(1e-6)
        const run = await runtime.run(fused, feeds)
        expect(largestDifference(expected, run.outputs), JSON.stringify(given)).toBeLessThan(2e-5 * runtime.slack)
      }
      console.log(`cases=${cases.length}`)
    },
    240_000,
  )

  it('in plain loops agree with one convolution of tfjs per group where nothing is dilated', () => {
    const plain = groupedConvolutions.filter(({ dilation }) => dilation[0] * dilation[1] === 1)
    for (const given of plain) {
      const step = stepOf(given, own(given))
      expect(largestDifference(byTfjs(given), runOnTfjs(step, feedsOf(step)).outputs)).toBeLessThan(1e-5)
    }
    expect(plain.length).toBeGreaterThan(200)
    console.log(`cases=${plain.length}`)
  })

  it('in plain loops have the values of the definition and the gradients of central differences in float64', () => {
    let cases = 0
    for (const given of groupedConvolutions.filter((_, i) => i % 7 === 0)) {
      const step = stepOf(given, own(given))
      const feeds = feedsOf(step)
      const { outputs } = runOnTfjs(step, feeds)
      const y = outputs.get('y')!
      const wide = (name: string) => Float64Array.from(feeds.get(name)!.data)
      const slope = wide('slope')
      const made = y.data.reduce((sum, value, i) => sum + value * slope[i]!, 0)
      const at = (moved: string, i: number, by: number) => {
        const values = { x: wide('x'), kernel: wide('kernel') }
        if (by !== 0) values[moved as 'x'][i]! += by
        return goal(given, values.x, values.kernel, slope, [...y.shape])
      }
      expect(Math.abs(at('x', 0, 0) - made)).toBeLessThan(1e-4)
      for (const name of ['x', 'kernel']) {
        const { data } = outputs.get(`d ${name}`)!
        for (let i = 0; i < data.length; i += Math.ceil(data.length / 5)) {
          const numeric = (at(name, i, 0.5) - at(name, i, -0.5)) / 1
          expect(Math.abs(numeric - data[i]!), JSON.stringify(given)).toBeLessThan(1e-4)
          cases++
        }
      }
    }
    expect(cases).toBeGreaterThan(500)
    console.log(`cases=${cases}`)
  })
})
