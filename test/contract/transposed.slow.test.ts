import { describe, expect, it } from 'vitest'
import { convWindow } from '../../src/main/engine/kernels/conv/window.js'
import { optimize } from '../../src/main/engine/step/optimize.js'
import { tf } from '../../src/main/engine/tf.js'
import { runOnTfjs } from '../../src/main/engine/tfjs/run-step.js'
import { groupedConvolutions, type GroupedCase } from '../main/engine/grouped.js'
import { differentiated, feedsOf, largestDifference } from '../main/engine/program.js'
import { casesFor, runtimes } from '../main/engine/runtimes.js'

/** The way back of each grouped or dilated convolution, as a layer uses it: from an image of its result's shape to its image's. */
function stepOf({ x, kernel, groups, stride: strides, dilation: dilations, padding: pad }: GroupedCase) {
  const window = convWindow(x, kernel, { strides, dilations, pad })
  const attributes = { strides, dilations, pad, groups, inputShape: x }
  return differentiated({
    inputs: { x: [x[0]!, ...window.out, kernel[3]!] },
    weights: { kernel },
    compute: (t) =>
      tf.engine().runKernel<tf.Tensor>('GroupedConv2DBackpropInput', { dy: t['x']!, filter: t['kernel']! }, attributes),
  })
}

const cases = groupedConvolutions.filter((_, i) => i % 2 === 0)

describe('transposed convolutions with groups and gaps', () => {
  it.each(runtimes.map((runtime) => [runtime.name, runtime] as const))(
    'on %s agree with plain loops, forward and both gradients',
    async (_, runtime) => {
      let largest = 0
      const own = casesFor(runtime, cases)
      for (const given of own) {
        const step = stepOf(given)
        const feeds = feedsOf(step)
        const run = await runtime.run(optimize(step), feeds)
        const difference = largestDifference(runOnTfjs(step, feeds).outputs, run.outputs)
        expect(difference, JSON.stringify(given)).toBeLessThan(2e-5 * runtime.slack)
        largest = Math.max(largest, difference)
      }
      console.log(`cases=${own.length} largest=${largest}`)
    },
    240_000,
  )

  it('in plain loops have the gradients of differences: they are linear in image and kernel', () => {
    let checked = 0
    for (const given of cases.filter((_, i) => i % 9 === 0)) {
      const step = stepOf(given)
      const feeds = feedsOf(step)
      const { outputs } = runOnTfjs(step, feeds)
      const goal = (name: string, data: Float32Array) => {
        const y = runOnTfjs(step, new Map([...feeds, [name, { data }]])).outputs.get('y')!.data
        return y.reduce((sum, value, i) => sum + value * feeds.get('slope')!.data[i]!, 0)
      }
      for (const name of ['x', 'kernel']) {
        const values = Float32Array.from(feeds.get(name)!.data)
        const { data } = outputs.get(`d ${name}`)!
        for (let i = 0; i < data.length; i += Math.ceil(data.length / 4)) {
          const numeric = (goal(name, values.with(i, values[i]! + 1)) - goal(name, values.with(i, values[i]! - 1))) / 2
          expect(Math.abs(numeric - data[i]!), JSON.stringify(given)).toBeLessThan(1e-4)
          checked++
        }
      }
    }
    expect(checked).toBeGreaterThan(200)
    console.log(`cases=${checked}`)
  })
})
