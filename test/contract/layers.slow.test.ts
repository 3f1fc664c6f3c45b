import { describe, expect, it } from 'vitest'
import { optimize } from '../../src/main/engine/step/optimize.js'
import { faultsOf } from '../../src/main/engine/step/verify.js'
import { tf } from '../../src/main/engine/tf.js'
import { runOnTfjs } from '../../src/main/engine/tfjs/run-step.js'
import type { Layer } from '../../src/shared/layers/define.js'
import { defaultsOf } from '../../src/shared/layers/fields.js'
import { layers } from '../../src/shared/layers/index.js'
import { differentiated, feedsOf, largestDifference } from '../main/engine/program.js'
import { casesFor, runtimes } from '../main/engine/runtimes.js'
import { isMisfit } from '../../src/shared/layers/shapes.js'

/** Float32 sums in another order; 2e-5 of the largest value of a tensor. */
const TOLERANCE = 2e-5

/** A layer with one of its examples: values, statistics and gradients; open sizes become 5. */
function programOf(layer: Layer, at: number, batch: number, training: boolean) {
  const example = layer.examples[at]!
  const p = { ...defaultsOf(layer.params), ...example.params }
  const shapes = example.inputs.map((shape) => shape.map((size) => size ?? 5))
  const specs = layer.weights?.(p, shapes) ?? {}
  const step = differentiated({
    inputs: Object.fromEntries(shapes.map((shape, i) => [`input${i}`, [batch, ...shape]])),
    weights: Object.fromEntries(Object.entries(specs).map(([name, { shape }]) => [name, shape])),
    compute: (tensors, source) => {
      let draws = 0
      const context = {
        tf,
        training,
        update: () => {},
        random: (shape: readonly number[]) => source.input(`random/layer/${draws++}`, shape, 'float32'),
      }
      const inputs = shapes.map((_, i) => tensors[`input${i}`]!)
      const weights = Object.fromEntries(Object.keys(specs).map((name) => [name, tensors[name]!]))
      return layer.apply(context, p, inputs, weights)
    },
  })
  return { step, output: layer.infer(p, shapes) }
}

const cases = layers
  .filter((layer) => layer.inputs !== 'none')
  .flatMap((layer) =>
    layer.examples.flatMap((_, at) =>
      [1, 3].flatMap((batch) => [true, false].map((training) => ({ layer, at, batch, training }))),
    ),
  )
  // tfjs has no gradient of inference batch norm for its statistics, and nobody needs one.
  .filter(({ layer, training }) => training || layer.type !== 'batch_norm')

const named = runtimes.map((runtime) => [runtime.name, runtime] as const)

describe.each(named)('every layer and example on %s agrees with tfjs, forward and gradient', (_, runtime) => {
  it.each(layers.filter((layer) => layer.inputs !== 'none').map((layer) => layer.type))('%s', async (type) => {
    const own = casesFor(
      runtime,
      cases.filter(({ layer }) => layer.type === type),
    )
    for (const { layer, at, batch, training } of own) {
      const { step, output } = programOf(layer, at, batch, training)
      const feeds = positiveVariances(feedsOf(step))
      const judged = runOnTfjs(step, feeds).outputs
      const run = await runtime.run(
        optimize(step, (current) => expect(faultsOf(current)).toEqual([])),
        feeds,
      )
      expect(isMisfit(output)).toBe(false)
      expect(judged.get('y')!.shape).toEqual([batch, ...(output as number[])])
      expect([...run.outputs.keys()]).toEqual([...judged.keys()])
      expect(largestDifference(judged, run.outputs)).toBeLessThan(TOLERANCE * runtime.slack)
    }
    expect(own.length).toBeGreaterThan(0)
    console.log(`cases=${own.length}`)
  })
})

function positiveVariances(feeds: ReturnType<typeof feedsOf>) {
  return new Map(
    [...feeds].map(([name, { data }]) => [name, { data: name.includes('variance') ? data.map(Math.abs) : data }]),
  )
}
