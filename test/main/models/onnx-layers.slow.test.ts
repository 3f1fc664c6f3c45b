import { InferenceSession, Tensor } from 'onnxruntime-node'
import { expect, it } from 'vitest'
import { onnxFile } from '../../../src/main/models/onnx.js'
import { partFor } from '../../../src/main/models/part.js'
import type { Reference } from '../../../src/main/models/verify.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { layers } from '../../../src/shared/layers/index.js'
import { forward } from './forward.js'
import { layerExamples, netAround, randomWeights } from './nets.js'

/**
 * Largest difference of a logarithm of a probability: a softmax hides differences of what comes before it, its logarithm does not.
 * Of a value that is no probability, the difference itself.
 */
async function judge(bytes: Uint8Array, { images, shape, heads }: Reference): Promise<number> {
  const session = await InferenceSession.create(bytes)
  const outputs = await session.run({ image: new Tensor('float32', images, shape) })
  const differences = Object.entries(heads).flatMap(([id, expected]) => {
    const found = outputs[id]?.data as Float32Array
    expect(found.length).toBe(expected.length)
    return Array.from(expected, (value, i) => {
      const [a, b] = [found[i] as number, value]
      return Math.abs(b > 0 ? Math.log(a) - Math.log(b) : a - b)
    })
  })
  return Math.max(...differences)
}

it('computes every layer as tfjs does', async () => {
  let cases = 0
  let largest = 0
  for (const { layer, example } of layerExamples()) {
    const analysis = analyze(netAround(layer, example))
    expect(
      analysis.issues.filter(({ severity }) => severity === 'error'),
      layer.type,
    ).toEqual([])
    const weights = randomWeights(analysis, cases)
    const bytes = onnxFile(partFor(analysis, 'all'), weights)
    const open = analysis.input?.shape.includes(null)
    const sizes = open
      ? ([
          [7, 6],
          [8, 9],
          [5, 5],
        ] as const)
      : ([analysis.input?.shape as [number, number]] as const)
    for (const size of sizes) {
      largest = Math.max(largest, await judge(bytes, await forward(analysis, weights, size, 3)))
      cases++
    }
  }
  console.log(`cases=${cases} largest=${largest}`)
  expect(largest).toBeLessThan(3e-5)
  expect(cases).toBeGreaterThan(layers.length * 2)
})
