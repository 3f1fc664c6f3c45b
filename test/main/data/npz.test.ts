import { join } from 'node:path'
import { writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { openDataset } from '../../../src/main/data/open.js'
import { AppError } from '../../../src/shared/errors.js'
import { bytesNpy, folderOf, mutated, npy, npyHeader, zip } from './writers.js'

const X = bytesNpy([2, 2, 2, 1], [0, 51, 102, 153, 204, 255, 0, 0])
const Y = npy(npyHeader('<i8', [2, 1]), new Uint8Array(BigInt64Array.of(1n, 0n).buffer))
const OPTIONS = { validationShare: 0, seed: 1 }

async function open(bytes: Buffer) {
  return openDataset(join(await folderOf({ 'a.npz': bytes }), 'a.npz'), OPTIONS)
}

describe('npz', () => {
  it('scales bytes, takes floats as they are, and reads 64-bit labels in a column', async () => {
    const floats = npy(npyHeader('<f4', [1, 1, 2, 1]), new Uint8Array(Float32Array.of(-3, 300).buffer))
    for (const deflate of [false, true]) {
      const data = await open(
        zip(
          [
            ['x_train.npy', X],
            ['y_train.npy', Y],
            ['x_test.npy', floats],
            ['y_test.npy', bytesNpy([1], [2])],
          ],
          { deflate },
        ),
      )
      expect(data).toMatchObject({ title: 'a.npz', classes: ['0', '1', '2'], named: false, shape: [2, 2, 1] })
      expect([...data.train.labels, ...data.validation.labels]).toEqual([1, 0, 2])
      const out = new Float32Array(4)
      await data.train.read(0, out, 0)
      expect(out).toEqual(Float32Array.of(0, 0.2, 0.4, 0.6))
    }
  })

  it('takes float images as they are, also without channels', async () => {
    const x = npy(npyHeader('<f8', [1, 1, 2]), new Uint8Array(Float64Array.of(-3, 300).buffer))
    const data = await open(
      zip([
        ['x_train.npy', x],
        ['y_train.npy', bytesNpy([1], [0])],
      ]),
    )
    const out = new Float32Array(2)
    await data.train.read(0, out, 0)
    expect([data.shape, out]).toEqual([[1, 2, 1], Float32Array.of(-3, 300)])
  })

  it('says what is missing or does not fit', async () => {
    const f4 = npy(npyHeader('<f4', [2]), Buffer.alloc(8))
    const cases: readonly (readonly [Buffer, string, RegExp])[] = [
      [zip([['images.npy', X]]), 'data/unreadable', /no x_train and y_train; it holds images\.npy/],
      [zip([]), 'data/unreadable', /holds nothing/],
      [
        zip([
          ['x_train.npy', X],
          ['y_train.npy', bytesNpy([3], [0, 1, 0])],
        ]),
        'data/unreadable',
        /2 images, but y_train holds 3/,
      ],
      [
        zip([
          ['x_train.npy', X],
          ['y_train.npy', f4],
        ]),
        'data/unreadable',
        /holds fractions \(f4\)/,
      ],
      [
        zip([
          ['x_train.npy', X],
          ['y_train.npy', bytesNpy([2, 3], [0, 1, 0, 1, 0, 0])],
        ]),
        'data/shape',
        /y_train has shape 2x3/,
      ],
      [
        zip([
          ['x_train.npy', bytesNpy([2, 2], [1, 2, 3, 4])],
          ['y_train.npy', Y],
        ]),
        'data/shape',
        /x_train has shape 2x2/,
      ],
      [
        zip([
          ['x_train.npy', bytesNpy([0, 2, 2, 1], [])],
          ['y_train.npy', bytesNpy([0], [])],
        ]),
        'data/unreadable',
        /0 images/,
      ],
      [
        zip([
          ['x_train.npy', X],
          ['x_train.npy', X],
        ]),
        'data/unreadable',
        /two entries named/,
      ],
      [zip([['../x_train.npy', X]]), 'data/unreadable', /not a readable zip/],
      [
        zip([['x_train.npy', X]], { announced: 2 ** 31, deflate: true }),
        'data/unreadable',
        /announces 2147483648 bytes in/,
      ],
      [zip([['x_train.npy', X]], { announced: X.length + 1, deflate: true }), 'data/unreadable', /not a readable zip/],
      [Buffer.from('not a zip'), 'data/unreadable', /not a readable zip/],
      [
        zip([
          ['x_train.npy', X],
          ['y_train.npy', npy(npyHeader('<i2', [2]), Buffer.from([255, 255, 0, 0]))],
        ]),
        'data/unreadable',
        /Label 0 of .* is -1/,
      ],
    ]
    for (const [bytes, code, message] of cases) {
      await expect(open(bytes), String(message)).rejects.toMatchObject({
        code,
        message: expect.stringMatching(message) as string,
      })
    }
    console.log(`cases=${cases.length}`)
  })

  it('never fails otherwise than with its own error', async () => {
    const seed = zip(
      [
        ['x_train.npy', X],
        ['y_train.npy', Y],
      ],
      { deflate: true },
    )
    const path = join(await folderOf({}), 'a.npz')
    let refused = 0
    for (let n = 0; n < 400; n++) {
      await writeFile(path, mutated(seed, n, seed.length))
      const error: unknown = await openDataset(path, OPTIONS).then(
        () => undefined,
        (error: unknown) => error,
      )
      if (error === undefined) continue
      expect(error).toBeInstanceOf(AppError)
      refused++
    }
    expect(refused).toBeGreaterThan(200)
    console.log(`cases=400 refused=${refused}`)
  })
})
