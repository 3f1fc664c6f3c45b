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
  const refused = layerExamples().filter(({ layer, example }) => !isKnown(netAround(layer, example)))
  console.log(
    `cases=${cases} largest=${largest}, refused: ${[...new Set(refused.map(({ layer }) => layer.type))].join(', ')}`,
  )
  expect(largest).toBeLessThan(1e-6)
  expect(cases).toBeGreaterThan(150)
})

it('composes what TensorFlow.js has no layer for from layers that it has', async () => {
  const image = ['photo', 'input', { height: 9, width: 8, channels: 6 }] as const
  const end = [
    ['flat', 'flatten', {}, 'end'],
    ['main', 'head', {}, 'flat'],
  ] as const
  const pads = { kernel: [3, 3], stride: [2, 2], padding: 'explicit', pads: [1, 0, 1, 1] }
  const documents = [
    net(image, ['one', 'relu', {}, 'photo'], ['end', 'max_pool', pads, 'one'], ...end),
    net(image, ['one', 'relu', {}, 'photo'], ['two', 'concat', {}, 'one', 'one'], ['end', 'max_pool', { ...pads, ceil: true }, 'two'], ...end), // prettier-ignore
    net(image, ['end', 'average_pool', pads, 'photo'], ...end),
    net(image, ['end', 'average_pool', { ...pads, count_padding: true, ceil: true }, 'photo'], ...end),
    net(image, ['end', 'average_pool', { kernel: [4, 3], stride: [3, 2], padding: 'valid', ceil: true }, 'photo'], ...end), // prettier-ignore
    net(image, ['end', 'adaptive_average_pool', { size: [4, 3] }, 'photo'], ...end),
    net(image, ['end', 'resize', { height: 5, width: 11, interpolation: 'bilinear' }, 'photo'], ...end),
    net(image, ['end', 'upsampling', { factor: [2, 3], interpolation: 'bilinear' }, 'photo'], ...end),
    net(image, ['one', 'tanh', {}, 'photo'], ['end', 'subtract', {}, 'one', 'photo'], ...end),
    net(image, ['one', 'hard_swish', {}, 'photo'], ['end', 'hard_sigmoid', {}, 'one'], ...end),
    net(image, ['end', 'conv2d', { filters: 4, kernel: [3, 2], groups: 2 }, 'photo'], ...end),
    net(image, ['end', 'conv2d', { filters: 6, groups: 3, dilation: [2, 3], stride: [2, 1] }, 'photo'], ...end),
    net(image, ['end', 'conv2d', { filters: 6, groups: 2, dilation: [2, 2] }, 'photo'], ...end),
    net(image, ['end', 'depthwise_conv2d', { dilation: [2, 1], multiplier: 2 }, 'photo'], ...end),
    net(image, ['end', 'separable_conv2d', { filters: 4, stride: [2, 2], dilation: [2, 2] }, 'photo'], ...end),
  ]
  let largest = 0
  for (const [seed, document] of documents.entries()) {
    largest = Math.max(largest, (await roundTrip(document, seed)).largestDifference)
  }
  console.log(`cases=${documents.length} largest=${largest}`)
  expect(largest).toBeLessThan(1e-6)
})

it('names every layer that TensorFlow.js does not have', () => {
  const document = net(
    ['photo', 'input', { height: 4, width: 4, channels: 6 }],
    ['one', 'lrn', {}, 'photo'],
    ['two', 'lrn', {}, 'one'],
    ['three', 'group_norm', { groups: 2 }, 'two'],
    ['four', 'max_pool', { kernel: [3, 3], stride: [1, 1], padding: 'explicit', pads: [1, 0, 1, 1] }, 'three'],
    ['flat', 'flatten', {}, 'four'],
    ['main', 'head', {}, 'flat'],
  )
  expect(() => [...tfjsFiles(partFor(analyze(document), 'all'), new Map())]).toThrow(
    expect.objectContaining({
      code: 'export/unsupported',
      message:
        'TensorFlow.js has no layer for one (Local response norm), two (Local response norm), three (Group norm), four (Max pool).',
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
