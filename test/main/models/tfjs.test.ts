import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { partFor } from '../../../src/main/models/part.js'
import { tfjsFiles } from '../../../src/main/models/tfjs.js'
import { shardBytes, shardNames, SHARD_BYTES } from '../../../src/main/models/tfjs/shards.js'
import { layerNames, unknownNodes } from '../../../src/main/models/tfjs/topology.js'
import { verifyTfjs } from '../../../src/main/models/verify-tfjs.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import type { Document } from '../../../src/shared/document/document.js'
import { forward } from './forward.js'
import { layerExamples, net, netAround, randomWeights } from './nets.js'

async function roundTrip(document: Document, seed: number) {
  const analysis = analyze(document)
  const weights = randomWeights(analysis, seed)
  const folder = await mkdtemp(join(tmpdir(), 'netwright-tfjs-'))
  try {
    for (const { name, bytes } of tfjsFiles(partFor(analysis, 'all'), weights))
      await writeFile(join(folder, name), bytes)
    const [height, width] = analysis.input?.shape as [number | null, number | null]
    return await verifyTfjs(folder, await forward(analysis, weights, [height ?? 9, width ?? 8], 3))
  } finally {
    await rm(folder, { recursive: true })
  }
}

const isKnown = (document: Document) => unknownNodes(partFor(analyze(document), 'all')).length === 0

it('is opened by TensorFlow.js, layer by layer', async () => {
  let cases = 0
  let largest = 0
  const documents = layerExamples().map(({ layer, example }) => netAround(layer, example))
  for (const document of documents.filter(isKnown)) {
    const verdict = await roundTrip(document, cases)
    largest = Math.max(largest, verdict.largestDifference)
    cases++
  }
  console.log(`cases=${cases} largest=${largest}`)
  expect(largest).toBeLessThan(1e-6)
  expect(cases).toBeGreaterThan(40)
})

it('names every layer that TensorFlow.js does not have', () => {
  const document = net(
    ['photo', 'input', { height: 4, width: 4, channels: 6 }],
    ['one', 'lrn', {}, 'photo'],
    ['two', 'lrn', {}, 'one'],
    ['three', 'conv2d', { filters: 4, groups: 2 }, 'two'],
    ['four', 'depthwise_conv2d', { dilation: [2, 2] }, 'three'],
    ['five', 'separable_conv2d', { stride: [2, 2], dilation: [2, 2] }, 'four'],
    ['flat', 'flatten', {}, 'five'],
    ['main', 'head', {}, 'flat'],
  )
  expect(() => [...tfjsFiles(partFor(analyze(document), 'all'), new Map())]).toThrow(
    expect.objectContaining({
      code: 'export/unsupported',
      message:
        'TensorFlow.js has no layer for one (Local response norm), two (Local response norm), three (Conv 2D), four (Depthwise conv 2D), five (Separable conv 2D).',
    }),
  )
})

it('gives inner nodes a name without slash that no other layer has', () => {
  expect([...layerNames(['a/b', 'a_b', 'a/b_1', 'a_b_1', 'c']).entries()].sort()).toEqual([
    ['a/b', 'a_b_2'],
    ['a/b_1', 'a_b_1_1'],
    ['a_b', 'a_b'],
    ['a_b_1', 'a_b_1'],
    ['c', 'c'],
  ])
})

it('cuts weights into files of at most 4 MB', () => {
  const floats = SHARD_BYTES / 4
  const sizes = [[], [1], [floats - 1, 1], [floats, 1], [5, 2 * floats, floats - 5], [3 * floats + 7]]
  for (const lengths of sizes) {
    const tensors = lengths.map((n, t) => ({ shape: [n], data: Float32Array.from({ length: n }, (_, i) => i + t) }))
    const shards = [...shardBytes(tensors)]
    const whole = Buffer.concat(tensors.map(({ data }) => new Uint8Array(data.buffer)))
    expect(Buffer.concat(shards).equals(whole)).toBe(true)
    expect(shards.map(({ length }) => length).filter((n) => n > SHARD_BYTES)).toEqual([])
    expect(shards.length).toBe(shardNames(whole.length).length)
  }
  expect(shardNames(SHARD_BYTES * 2 + 4)).toEqual([1, 2, 3].map((i) => `group1-shard${i}of3.bin`))
  console.log(`cases=${sizes.length}`)
})
