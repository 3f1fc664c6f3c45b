import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ImageProblem, readImageFile } from '../../../src/main/data/image.js'
import { openDataset } from '../../../src/main/data/open.js'
import { bytesNpy, folderOf, npy, npyHeader, zip } from './writers.js'

const OPTIONS = { validationShare: 0, seed: 1 }

it('names the image whose values are no numbers, in floats of every size', async () => {
  const labels = bytesNpy([3], [0, 1, 0])
  const cases: readonly (readonly [string, Uint8Array, string])[] = [
    ['<f4', new Uint8Array(Float32Array.of(0, 1, 2, Number.NaN, 4, 5).buffer), 'NaN in image 1'],
    ['<f8', new Uint8Array(Float64Array.of(0, 1, 2, 3, -Infinity, 5).buffer), '-Infinity in image 2'],
    ['<f8', new Uint8Array(Float64Array.of(1e300, 1, 2, 3, 4, 5).buffer), '1e+300 in image 0'],
    ['<f2', new Uint8Array(Uint16Array.of(0, 0, 0, 0, 0, 0x7c00).buffer), 'Infinity in image 2'],
  ]
  const said: string[] = []
  for (const [type, bytes] of cases) {
    const entries = [
      ['x_train.npy', npy(npyHeader(type, [3, 1, 2]), bytes)],
      ['y_train.npy', labels],
    ] as const
    const path = join(await folderOf({ 'a.npz': zip([...entries], {}) }), 'a.npz')
    const error = await openDataset(path, OPTIONS).catch((thrown: unknown) => thrown as Error)
    said.push((error as Error).message.replace(`${path}: x_train holds `, ''))
  }
  expect(said).toEqual(cases.map(([, , what]) => `${what}.`))
  console.log(`cases=${cases.length}`)
})

it('tells to unpack an archive, and to give the folder of a single file of a set', async () => {
  const root = await folderOf({})
  const cases = ['a.zip', 'cifar-10-binary.tar.gz', 'b.tgz', 'c.7z', 'train-images-idx3-ubyte.gz', 'data_batch_1.bin']
  const hints: string[] = []
  for (const name of cases) {
    await writeFile(join(root, name), 'bytes')
    const error = await openDataset(join(root, name), OPTIONS).catch((thrown: unknown) => thrown as { hint: string })
    hints.push((error as { hint: string }).hint)
  }
  const unpack = 'Unpack it, and give the folder that it makes.'
  const folder = `Give the folder it lies in: ${root}`
  expect(hints).toEqual([unpack, unpack, unpack, unpack, folder, folder])
  console.log(`cases=${cases.length}`)
})

it('takes neither a folder nor a pipe for an image, and waits for none', async () => {
  const root = await folderOf({})
  const pipe = join(root, 'pipe.png')
  const places = [root, ...(spawnSync('mkfifo', [pipe]).status === 0 ? [pipe] : [])]
  for (const place of places) {
    await expect(readImageFile(place)).rejects.toThrow(new ImageProblem('This is a folder or a device, not a file.'))
  }
  console.log(`cases=${places.length}`)
})
