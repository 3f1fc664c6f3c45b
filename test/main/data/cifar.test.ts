import { describe, expect, it } from 'vitest'
import { openDataset } from '../../../src/main/data/open.js'
import { folderOf } from './writers.js'

const OPTIONS = { validationShare: 0, seed: 1 }

/** One row: labels, then planes filled with 10, 20 and 30, except the first pixel of each plane, which is 0, 1 and 2. */
function row(...labels: number[]): Buffer {
  const planes = [10, 20, 30].map((value, c) => Buffer.alloc(1024, value).fill(c, 0, 1))
  return Buffer.concat([Buffer.from(labels), ...planes])
}

describe('CIFAR binary files', () => {
  it('are read in the order of their numbers, planes turned to pixels', async () => {
    const root = await folderOf({
      'data_batch_2.bin': row(3),
      'data_batch_1.bin': Buffer.concat([row(1), row(2)]),
      'test_batch.bin': row(0),
      'batches.meta.txt': 'airplane\nautomobile\nbird\ncat\n\n',
    })
    const data = await openDataset(root, OPTIONS)
    expect(data).toMatchObject({ title: 'CIFAR-10', named: true, shape: [32, 32, 3] })
    expect(data.classes).toEqual(['airplane', 'automobile', 'bird', 'cat'])
    expect([...data.train.labels, ...data.validation.labels]).toEqual([1, 2, 3, 0])
    const out = new Float32Array(3072)
    await data.train.read(0, out, 0)
    expect([...out.subarray(0, 6)].map((value) => Math.round(value * 255))).toEqual([0, 1, 2, 10, 20, 30])
  })

  it('of CIFAR-100 carry the fine class in their second byte', async () => {
    const names = Array.from({ length: 100 }, (_, i) => `class ${i}`).join('\n')
    const root = await folderOf({ 'train.bin': row(4, 99), 'fine_label_names.txt': names })
    const data = await openDataset(root, OPTIONS)
    expect(data).toMatchObject({ title: 'CIFAR-100', named: true })
    expect([...data.train.labels]).toEqual([99])
    expect(data.classes).toHaveLength(100)
  })

  it('say when they are cut off or have too few names', async () => {
    const cut = await folderOf({ 'data_batch_1.bin': row(1).subarray(0, 3000) })
    await expect(openDataset(cut, OPTIONS)).rejects.toMatchObject({
      code: 'data/truncated',
      message: expect.stringContaining('3000 bytes are not a whole number of images of 3073 bytes') as string,
    })
    const names = await folderOf({ 'data_batch_1.bin': row(5), 'batches.meta.txt': 'one\ntwo\n' })
    await expect(openDataset(names, OPTIONS)).rejects.toMatchObject({
      code: 'data/unreadable',
      message: expect.stringContaining('names 2 classes, but the labels go up to 5') as string,
    })
  })
})
