import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { onnxFile } from '../../src/main/models/onnx.js'
import { partFor } from '../../src/main/models/part.js'
import type { Document } from '../../src/shared/document/document.js'
import { analyze } from '../../src/shared/graph/analyze.js'
import { forward } from '../main/models/forward.js'
import { layerExamples, netAround, randomWeights } from '../main/models/nets.js'
import { smallTemplates } from '../main/models/templates.js'
import { judgesPython, runJudge } from './python.js'

interface Verdict {
  readonly judge: string
  readonly cases: readonly { readonly file: string; readonly largestDifference: number }[]
}

/** Write a net, a batch of images and the probabilities of tfjs; returns what the judge needs to know. */
async function writeCase(folder: string, document: Document, index: number) {
  const analysis = analyze(document)
  const weights = randomWeights(analysis, index)
  const [height, width] = analysis.input?.shape as [number | null, number | null]
  const reference = await forward(analysis, weights, [height ?? 9, width ?? 8], 2)
  const file = `${index}.onnx`
  writeFileSync(join(folder, file), onnxFile(partFor(analysis, 'all'), weights))
  const values = (name: string, shape: readonly number[], data: Float32Array) => {
    writeFileSync(join(folder, name), new Uint8Array(data.buffer))
    return { shape, file: name }
  }
  const heads = Object.entries(reference.heads).map(([id, data], i) => {
    return [id, values(`${index}.${i}.f32`, [2, data.length / 2], data)] as const
  })
  return {
    file,
    images: values(`${index}.images.f32`, reference.shape, reference.images),
    heads: Object.fromEntries(heads),
  }
}

it('writes files that the onnx checker accepts and ONNX Runtime for Python computes alike', async () => {
  const python = judgesPython('onnx', 'onnxruntime', 'numpy')
  if (!python) return
  const folder = mkdtempSync(join(tmpdir(), 'netwright-onnx-'))
  try {
    const nets = layerExamples().map(({ layer, example }) => netAround(layer, example))
    const cases = []
    for (const document of [...nets, ...smallTemplates()]) cases.push(await writeCase(folder, document, cases.length))
    writeFileSync(join(folder, 'cases.json'), JSON.stringify(cases))
    const verdict = runJudge(python, 'onnx_files.py', [folder]) as Verdict
    const largest = Math.max(...verdict.cases.map((result) => result.largestDifference))
    console.log(`cases=${verdict.cases.length} largest=${largest} judge=${verdict.judge}`)
    expect(verdict.cases.map(({ file }) => file)).toEqual(cases.map(({ file }) => file))
    expect(largest).toBeLessThan(1e-5)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
