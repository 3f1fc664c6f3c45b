import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { BUILTIN } from '../../../src/main/data/builtin.js'
import type { Part } from '../../../src/main/data/dataset.js'
import { openDataset } from '../../../src/main/data/open.js'

const OPTIONS = { validationShare: 0.1, seed: 1 }
const DEBIAN = process.env['NETWRIGHT_FASHION_MNIST'] ?? '/usr/share/datasets/fashion-mnist'

function perClass({ labels }: Part): readonly number[] {
  const counts = new Array<number>(10).fill(0)
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1
  return counts
}

describe('built-in data', () => {
  it('is Fashion-MNIST unless told otherwise: balanced, named, padded for nets of 32 px', async () => {
    const data = await openDataset('builtin', { ...OPTIONS, shape: [32, 32, 3] })
    expect([data.title, data.stored, data.shape]).toEqual(['Fashion-MNIST (7,000 images)', [28, 28, 1], [32, 32, 3]])
    expect(data.classes).toHaveLength(10)
    expect(data.classes[9]).toBe('Ankle boot')
    expect(perClass(data.train)).toEqual(Array(10).fill(600))
    expect(perClass(data.validation)).toEqual(Array(10).fill(100))
    const image = new Float32Array(32 * 32 * 3)
    await data.train.read(0, image, 0)
    expect(image.subarray(0, 2 * 32 * 3).every((value) => value === 0)).toBe(true)
    expect(Math.max(...image)).toBe(1)
  })

  it('opens under every spec that is listed, and names them for a wrong one', async () => {
    for (const { spec, title } of BUILTIN) expect((await openDataset(spec, OPTIONS)).title).toBe(title)
    await expect(openDataset('builtin:none', OPTIONS)).rejects.toMatchObject({
      code: 'data/not-found',
      hint: 'There are builtin:fashion-mnist, builtin:texture-shapes.',
    })
  })

  it.skipIf(!existsSync(DEBIAN))('is the first part of each class of the original files', async () => {
    const whole = await openDataset(DEBIAN, OPTIONS)
    expect([whole.train.count, whole.validation.count]).toEqual([60_000, 10_000])
    expect(perClass(whole.train)).toEqual(Array(10).fill(6000))
    const part = await openDataset('builtin', OPTIONS)
    const taken = new Array<number>(10).fill(0)
    const [a, b] = [new Float32Array(784), new Float32Array(784)]
    let compared = 0
    for (let i = 0, j = 0; j < part.train.count; i++) {
      const label = whole.train.labels[i] as number
      if ((taken[label] = (taken[label] ?? 0) + 1) > 600) continue
      expect(part.train.labels[j]).toBe(label)
      await whole.train.read(i, a, 0)
      await part.train.read(j++, b, 0)
      if (!a.every((value, p) => value === b[p])) throw new Error(`image ${j} differs`)
      compared++
    }
    expect(compared).toBe(6000)
    console.log(`cases=${compared}`)
  })
  if (!existsSync(DEBIAN)) console.log('skipped: the Debian package dataset-fashion-mnist is not installed')
})
