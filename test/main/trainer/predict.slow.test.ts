import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { describe as describeData } from '../../../src/main/trainer/jobs/describe.js'
import { evaluate } from '../../../src/main/trainer/jobs/evaluate.js'
import { predict } from '../../../src/main/trainer/jobs/predict.js'
import { train } from '../../../src/main/trainer/jobs/train.js'
import { folderOf } from '../data/writers.js'
import { recorder, tinyData, tinyDocument, tinyImage, tinySettings } from './tiny.js'

let run: string
let data: string
beforeAll(async () => {
  run = join(await mkdtemp(join(tmpdir(), 'run-')), 'run')
  data = await tinyData(60, 9)
  const settings = tinySettings(data, { epochs: 20 })
  await train({ kind: 'train', document: tinyDocument(), settings, folder: run }, recorder())
})

const pngOf = (index: number, label: number) =>
  sharp(Buffer.from(tinyImage(index, label)), { raw: { width: 6, height: 6, channels: 1 } })
    .png()
    .toBuffer()

describe('predict', () => {
  it('says the same of an image from a data set, a file and bytes', async () => {
    const whole = await predict({ kind: 'predict', run, source: { kind: 'data', spec: data } })
    expect(Object.keys(whole.heads)).toEqual(['main', 'aux'])
    expect(whole.heads['main']).toHaveLength(9)
    const files = await Promise.all([0, 1, 2].map((i) => pngOf(1000 + i, i)))
    const root = await folderOf({ '0.png': files[0]!, '1.png': files[1]!, '2.png': files[2]! })
    const paths = [2, 0, 1].map((i) => join(root, `${i}.png`))
    const some = await predict({ kind: 'predict', run, source: { kind: 'files', paths } })
    const base64 = files[1]!.toString('base64')
    const one = await predict({ kind: 'predict', run, source: { kind: 'bytes', base64 } })
    for (const id of ['main', 'aux']) {
      const [a, b, c] = whole.heads[id]!
      const expected = [c, a, b].flat()
      some.heads[id]!.flat().forEach((p, i) => expect(p).toBeCloseTo(expected[i]!, 6))
      one.heads[id]![0]!.forEach((p, i) => expect(p).toBeCloseTo(b![i]!, 6))
      for (const row of whole.heads[id]!) expect(row.reduce((x, y) => x + y)).toBeCloseTo(1, 5)
    }
  })

  it('has learned what evaluation says', async () => {
    const { heads } = await predict({ kind: 'predict', run, source: { kind: 'data', spec: data } })
    const right = heads['main']!.filter((row, i) => row.indexOf(Math.max(...row)) === i % 3).length
    const evaluation = await evaluate({ kind: 'evaluate', run, part: 'validation' })
    expect(evaluation.heads['main']!.accuracy).toBe(right / 9)
    expect(right).toBeGreaterThan(7)
  })

  it('names a file that is no image', async () => {
    const path = join(await folderOf({ 'x.png': '<html>' }), 'x.png')
    await expect(predict({ kind: 'predict', run, source: { kind: 'files', paths: [path] } })).rejects.toMatchObject({
      code: 'data/unreadable',
      message: `${path} could not be read: The file contains HTML markup.`,
    })
    await expect(predict({ kind: 'predict', run, source: { kind: 'bytes', base64: '' } })).rejects.toMatchObject({
      code: 'data/unreadable',
    })
  })
})

describe('evaluate', () => {
  it('takes other data whole unless it has a test part', async () => {
    const other = await tinyData(12, 0)
    expect((await evaluate({ kind: 'evaluate', run, data: other, part: 'validation' })).images).toBe(12)
    expect((await evaluate({ kind: 'evaluate', run, data, part: 'validation' })).images).toBe(9)
    expect((await evaluate({ kind: 'evaluate', run, data, part: 'train' })).images).toBe(60)
  })

  it('refuses weights that were damaged', async () => {
    const weights = join(run, 'weights.safetensors')
    const whole = await readFile(weights)
    await writeFile(weights, whole.subarray(0, whole.length - 4))
    await expect(evaluate({ kind: 'evaluate', run, part: 'train' })).rejects.toMatchObject({
      code: 'weights/unreadable',
    })
    await writeFile(weights, whole)
  })
})

describe('describe', () => {
  it('counts and shows training images of every class', async () => {
    const summary = await describeData({ kind: 'describe', data, validationShare: 0.5, seed: 1 })
    expect(summary).toMatchObject({
      title: 'tiny.npz',
      shape: [6, 6, 1],
      train: 60,
      validation: 9,
      perClass: [20, 20, 20],
      skipped: [],
    })
    expect(summary.samples.map(({ label }) => label)).toEqual([0, 1, 2].flatMap((label) => Array(6).fill(label)))
    const first = await sharp(Buffer.from(summary.samples[0]!.png, 'base64')).greyscale().raw().toBuffer()
    expect([...first]).toEqual(tinyImage(0, 0))
  })
})
