import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { onnxFile } from '../../src/main/models/onnx.js'
import { partFor } from '../../src/main/models/part.js'
import { tfjsFiles } from '../../src/main/models/tfjs.js'
import { unknownNodes } from '../../src/main/models/tfjs/topology.js'
import type { Document } from '../../src/shared/document/document.js'
import { analyze } from '../../src/shared/graph/analyze.js'
import { forward } from '../main/models/forward.js'
import { randomWeights } from '../main/models/nets.js'

/** What a judge is told of one net: `<name>.onnx` and `<name>.tfjs/` lie beside it. */
export type JudgeCase = Awaited<ReturnType<typeof writeCase>>

/** Write a net in every format it can have, a batch of images, and the probabilities that tfjs computes. */
export async function writeCase(root: string, document: Document, index: number) {
  const name = String(index)
  const analysis = analyze(document)
  const weights = randomWeights(analysis, index)
  const part = partFor(analysis, 'all')
  const [height, width] = analysis.input?.shape as [number | null, number | null]
  const reference = await forward(analysis, weights, [height ?? 9, width ?? 8], 2)
  const keras = unknownNodes(part).length === 0
  writeFileSync(join(root, `${name}.onnx`), onnxFile(part, weights))
  let written = 0
  if (keras) {
    mkdirSync(join(root, `${name}.tfjs`))
    for (const file of tfjsFiles(part, weights)) {
      writeFileSync(join(root, `${name}.tfjs`, file.name), file.bytes)
      if (file.name !== 'model.json') written += file.bytes.length / Float32Array.BYTES_PER_ELEMENT
    }
  }
  const values = (file: string, shape: readonly number[], data: Float32Array) => {
    writeFileSync(join(root, file), new Uint8Array(data.buffer))
    return { shape, file }
  }
  const images = values(`${name}.images.f32`, reference.shape, reference.images)
  const heads = Object.entries(reference.heads).map(([id, data], i) => {
    return { id, ...values(`${name}.${i}.f32`, [2, data.length / 2], data) }
  })
  return { name, keras, images, heads, parameters: part.parameters, written }
}
