import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openDataset } from '../../../src/main/data/open.js'
import { parseIdx } from '../../../src/main/data/idx.js'
import { AppError } from '../../../src/shared/errors.js'
import { folderOf, idx, idxHeader, mutated } from './writers.js'

const IMAGES = idx([3, 2, 2], [...Array(12).keys()])

describe('parseIdx', () => {
  it('reads raw and gzip files by content', async () => {
    const expected = { type: 'u1', shape: [3, 2, 2], data: Uint8Array.from(Array(12).keys()) }
    expect(await parseIdx(IMAGES, 'a')).toEqual(expected)
    expect(await parseIdx(gzipSync(IMAGES), 'a')).toEqual(expected)
  })

  it('reads every type, big endian', async () => {
    const bytes = Buffer.alloc(8)
    const cases = [
      [9, 'i1', 1, () => bytes.writeInt8(-3), Int8Array.of(-3)],
      [11, 'i2', 2, () => bytes.writeInt16BE(-300), Int16Array.of(-300)],
      [12, 'i4', 4, () => bytes.writeInt32BE(-70_000), Int32Array.of(-70_000)],
      [13, 'f4', 4, () => bytes.writeFloatBE(1.5), Float32Array.of(1.5)],
      [14, 'f8', 8, () => bytes.writeDoubleBE(0.1), Float64Array.of(0.1)],
    ] as const
    for (const [code, type, size, write, data] of cases) {
      write()
      const file = Buffer.concat([idxHeader(code, [1]), bytes.subarray(0, size)])
      expect(await parseIdx(file, 'a')).toEqual({ type, shape: [1], data })
    }
  })

  it('says with numbers what is cut off, and what is no IDX file', async () => {
    const cases: readonly (readonly [Buffer, string, RegExp])[] = [
      [IMAGES.subarray(0, 20), 'data/truncated', /^x is cut off: it needs 28 bytes for 3x2x2 values, but has 20\.$/],
      [IMAGES.subarray(0, 9), 'data/truncated', /needs 16 bytes for its header, but has 9/],
      [gzipSync(IMAGES.subarray(0, 20)), 'data/truncated', /announces 28 bytes, but it holds 20/],
      [gzipSync(IMAGES).subarray(0, 25), 'data/truncated', /its compressed data ends early/],
      [
        gzipSync(idxHeader(8, [60_000, 28, 28])),
        'data/truncated',
        /announces 47040016 bytes, but \d+ compressed bytes hold fewer/,
      ],
      [gzipSync(Buffer.concat([IMAGES, Buffer.alloc(99)])), 'data/unreadable', /holds more than the 28 bytes/],
      [Buffer.concat([IMAGES, Buffer.alloc(1)]), 'data/unreadable', /3x2x2 values, 28 bytes, but has 29/],
      [idxHeader(8, [2 ** 31, 2 ** 31, 2 ** 31]), 'data/unreadable', /announces 2147483648x2147483648x2147483648/],
      [idxHeader(8, [65_536, 65_536]), 'data/unreadable', /more than 4294967296 bytes/],
      [Buffer.from('<html>'), 'data/unreadable', /begins with 3c68746d/],
      [Buffer.alloc(0), 'data/unreadable', /begins with nothing/],
      [idxHeader(7, [1]), 'data/unreadable', /not an IDX file/],
    ]
    for (const [bytes, code, message] of cases) {
      const error: unknown = await parseIdx(bytes, 'x').catch((error: unknown) => error)
      expect(error).toBeInstanceOf(AppError)
      expect(error).toMatchObject({ code, message: expect.stringMatching(message) as string })
    }
    console.log(`cases=${cases.length}`)
  })

  it('never fails otherwise than with its own error', async () => {
    let refused = 0
    for (let n = 0; n < 600; n++) {
      const bytes = mutated(n % 2 === 0 ? IMAGES : gzipSync(IMAGES), n, 20)
      const error: unknown = await parseIdx(bytes, 'x').then(
        () => undefined,
        (error: unknown) => error,
      )
      if (error !== undefined) expect(error).toBeInstanceOf(AppError)
      if (error !== undefined) refused++
    }
    expect(refused).toBeGreaterThan(300)
    console.log(`cases=600 refused=${refused}`)
  })
})

describe('a folder of IDX files', () => {
  const options = { validationShare: 0, seed: 1 }

  it('is paired by name, and named by classes.txt', async () => {
    const root = await folderOf({
      'train-images-idx3-ubyte': IMAGES,
      'train-labels-idx1-ubyte.gz': gzipSync(idx([3], [0, 1, 0])),
      't10k-images.idx3-ubyte': IMAGES,
      't10k-labels.idx1-ubyte': idx([3], [1, 1, 2]),
      'classes.txt': 'cat\ndog\nhorse\n',
    })
    const data = await openDataset(root, options)
    expect(data).toMatchObject({ classes: ['cat', 'dog', 'horse'], named: true, shape: [2, 2, 1], stored: [2, 2, 1] })
    expect([...data.train.labels, ...data.validation.labels]).toEqual([0, 1, 0, 1, 1, 2])
    const out = new Float32Array(4)
    await data.train.read(1, out, 0)
    expect(out).toEqual(Float32Array.of(4 / 255, 5 / 255, 6 / 255, 7 / 255))
    expect(data.note).toBe('Validation: the test part of the data, 3 images.')
  })

  it('needs a label for every image', async () => {
    const root = await folderOf({ 'train-images-idx3-ubyte': IMAGES, 'train-labels-idx1-ubyte': idx([2], [0, 1]) })
    await expect(openDataset(root, options)).rejects.toMatchObject({
      code: 'data/unreadable',
      message: 'train-images-idx3-ubyte holds 3 images, but train-labels-idx1-ubyte holds 2 labels.',
    })
  })
})
