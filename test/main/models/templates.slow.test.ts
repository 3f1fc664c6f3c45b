import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { onnxFile } from '../../../src/main/models/onnx.js'
import { partFor } from '../../../src/main/models/part.js'
import { tfjsFiles } from '../../../src/main/models/tfjs.js'
import { verifyOnnx } from '../../../src/main/models/verify-onnx.js'
import { verifyTfjs } from '../../../src/main/models/verify-tfjs.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { forward } from './forward.js'
import { randomWeights } from './nets.js'
import { smallTemplates } from './templates.js'

it('exports whole nets with all their heads, in both formats', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'netwright-templates-'))
  let cases = 0
  let largest = 0
  for (const document of smallTemplates()) {
    const analysis = analyze(document)
    const weights = randomWeights(analysis, cases)
    const part = partFor(analysis, 'all')
    const reference = await forward(analysis, weights, analysis.input?.shape as [number, number], 2)
    // A saturated softmax would hide every difference before it.
    for (const probabilities of Object.values(reference.heads)) expect(Math.min(...probabilities)).toBeGreaterThan(1e-9)
    await writeFile(join(folder, 'model.onnx'), onnxFile(part, weights))
    const verdicts = [await verifyOnnx(join(folder, 'model.onnx'), reference)]
    if (!part.nodes.some(({ layer }) => layer.type === 'lrn')) {
      for (const { name, bytes } of tfjsFiles(part, weights)) await writeFile(join(folder, name), bytes)
      verdicts.push(await verifyTfjs(folder, reference))
    }
    const differences = verdicts.map((verdict) => verdict.largestDifference)
    console.log(document.name, part.heads.length, part.parameters, differences.join(' '))
    largest = Math.max(largest, ...differences)
    cases += verdicts.length
  }
  await rm(folder, { recursive: true })
  console.log(`cases=${cases} largest=${largest}`)
  expect(largest).toBeLessThan(5e-6)
  expect(cases).toBeGreaterThan(11)
})
