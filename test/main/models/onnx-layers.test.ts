import { InferenceSession, Tensor } from 'onnxruntime-node'
import { expect, it } from 'vitest'
import { onnxFile } from '../../../src/main/models/onnx.js'
import { partFor } from '../../../src/main/models/part.js'
import { compare, type Reference } from '../../../src/main/models/verify.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { layers } from '../../../src/shared/layers/index.js'
import { forward } from './forward.js'
import { layerExamples, netAround, randomWeights } from './nets.js'

/** Runs the bytes; logarithms of the probabilities, since a softmax hides differences of what comes before it. */
async function judge(bytes: Uint8Array, reference: Reference) {
  const session = await InferenceSession.create(bytes)
  const logs = Object.entries(reference.heads).map(([id, values]) => [id, values.map(Math.log)] as const)
  return compare('ONNX Runtime', { ...reference, heads: Object.fromEntries(logs) }, async (images, shape, heads) => {
    const outputs = await session.run({ image: new Tensor('float32', images, shape) })
    return heads.map((head) => (outputs[head]?.data as Float32Array).map(Math.log))
  })
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
      const verdict = await judge(bytes, await forward(analysis, weights, size, 3))
      largest = Math.max(largest, verdict.largestDifference)
      cases++
    }
  }
  console.log(`cases=${cases} largest=${largest}`)
  expect(largest).toBeLessThan(3e-5)
  expect(cases).toBeGreaterThan(layers.length * 2)
})
