import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { openDataset } from '../../../src/main/data/open.js'
import { sortedByBytes } from '../../../src/main/data/folder.js'
import { folderOf } from './writers.js'

const OPTIONS = { validationShare: 0, seed: 1 }

type Rgb = readonly [r: number, g: number, b: number]

function plain([r, g, b]: Rgb, width = 8, height = 8) {
  return sharp({ create: { width, height, channels: 3, background: { r, g, b } } })
}

const png = (colour: Rgb, width?: number, height?: number) => plain(colour, width, height).png().toBuffer()

/** Left half one grey, right half another. */
async function halves(left: number, right: number, width = 16, height = 8) {
  const raw = Buffer.from(Array.from({ length: width * height }, (_, i) => (i % width < width / 2 ? left : right)))
  return sharp(raw, { raw: { width, height, channels: 1 } })
}

async function firstImage(root: string, shape?: readonly [number, number, number]) {
  const data = await openDataset(root, { ...OPTIONS, ...(shape && { shape }) })
  const [height, width, channels] = data.shape
  const out = new Float32Array(height * width * channels)
  await data.train.read(0, out, 0)
  return {
    data,
    at: (y: number, x: number) =>
      [...out.subarray((y * width + x) * channels, (y * width + x + 1) * channels)].map((v) => Math.round(v * 255)),
  }
}

describe('a folder of class folders', () => {
  it('numbers classes in byte order of their names and keeps the order of the files', async () => {
    expect(sortedByBytes(['b', 'a', 'Z', 'ä', '10', '9', '😀', '￿'])).toEqual([
      '10',
      '9',
      'Z',
      'a',
      'b',
      'ä',
      '￿',
      '😀',
    ])
    const root = await folderOf({
      'dog/b.png': await png([0, 0, 255]),
      'dog/a/deep.png': await png([0, 255, 0]),
      'Cat/x.jpg': await plain([255, 0, 0]).jpeg().toBuffer(),
      'dog/.hidden.png': 'no image',
      '.git/x.png': 'no image',
      'notes.txt': 'no image',
    })
    const data = await openDataset(root, OPTIONS)
    expect(data).toMatchObject({ classes: ['Cat', 'dog'], named: true, shape: [8, 8, 3], skipped: [] })
    expect([...data.train.labels]).toEqual([0, 1, 1])
    const out = new Float32Array(192)
    await data.train.read(1, out, 0)
    expect([...out.subarray(0, 3)]).toEqual([0, 1, 0])
  })

  it('uses a test or validation folder of its own', async () => {
    const image = await png([9, 9, 9])
    for (const name of ['val', 'Validation', 'valid', 'test']) {
      const root = await folderOf({ 'train/a/1.png': image, 'train/b/1.png': image, [`${name}/b/2.png`]: image })
      const data = await openDataset(root, OPTIONS)
      expect([[...data.train.labels], [...data.validation.labels], data.classes]).toEqual([[0, 1], [1], ['a', 'b']])
    }
    const root = await folderOf({
      'train/a/1.png': image,
      'val/a/1.png': image,
      'test/a/1.png': image,
      'test/a/2.png': image,
    })
    expect((await openDataset(root, OPTIONS)).validation.count).toBe(1)
  })

  it('lists what it cannot read by name and reason, and uses the rest', async () => {
    const good = await (await halves(0, 255, 64, 64)).jpeg().toBuffer()
    const bad = {
      'a/cut.jpg': good.subarray(0, good.length - 60),
      'a/empty.png': '',
      'a/lfs.png': 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n',
      'a/page.jpg': '  <!DOCTYPE html><p>404',
      'a/photo.webp': await plain([1, 2, 3]).webp().toBuffer(),
      'a/picture.bmp': 'BM\0\0',
      'a/text.txt': 'hello',
      'a/wide.png': await png([0, 0, 0], 16_385, 1),
      'b/head.png': (await png([1, 2, 3])).subarray(0, 40),
    }
    const root = await folderOf({ ...bad, 'a/good.jpg': good, 'b/good.png': await png([5, 5, 5]) })
    const data = await openDataset(root, OPTIONS)
    expect([...data.train.labels]).toEqual([0, 1])
    expect(data.skipped.map(({ file }) => file)).toEqual(Object.keys(bad))
    const reasons = Object.fromEntries(data.skipped.map(({ file, reason }) => [file.slice(2), reason]))
    expect(reasons).toMatchObject({
      'cut.jpg': expect.stringMatching(/^The file is damaged: .*(premature|truncated)/i) as string,
      'empty.png': 'The file is empty.',
      'lfs.png': 'This is a Git LFS pointer; fetch the real file with "git lfs pull".',
      'page.jpg': 'The file contains HTML markup.',
      'photo.webp': 'This is a WebP image; save it as PNG or JPEG.',
      'picture.bmp': 'This is a BMP image; save it as PNG.',
      'text.txt': 'The file is neither JPEG nor PNG.',
      'wide.png': 'The image has 16385x1 pixels; at most 16384 a side and 100 million pixels are read.',
      'head.png': expect.stringMatching(/^The file is damaged/) as string,
    })
  })

  it('refuses a folder without a single image, and says what it found', async () => {
    const cases = [
      [
        { 'a/x.png': 'hello' },
        /1 class folders, 1 files in them \(a\/x\.png: The file is neither JPEG nor PNG\.\)/,
        /one folder per class/,
      ],
      [{ 'x.png': await png([0, 0, 0]) }, /0 class folders, 0 files/, /one folder per class/],
      [{}, /0 class folders/, /one folder per class/],
      [{ data_batch_1: 'pickle' }, /0 class folders/, /data_batch_1 is a Python pickle, which is never read/],
    ] as const
    for (const [files, message, hint] of cases) {
      await expect(openDataset(await folderOf(files), OPTIONS)).rejects.toMatchObject({
        code: 'data/no-images',
        message: expect.stringMatching(message) as string,
        hint: expect.stringMatching(hint) as string,
      })
    }
  })

  it('says when the spec leads nowhere or to a single file', async () => {
    const root = await folderOf({ 'x.csv': 'a,b', 'train-images-idx3-ubyte': 'x' })
    await expect(openDataset(`${root}/none`, OPTIONS)).rejects.toMatchObject({ code: 'data/not-found' })
    await expect(openDataset(`${root}/x.csv`, OPTIONS)).rejects.toMatchObject({ code: 'data/unreadable' })
    await expect(openDataset(`${root}/train-images-idx3-ubyte`, OPTIONS)).rejects.toMatchObject({
      hint: `Give the folder it lies in: ${root}`,
    })
  })
})

describe('images', () => {
  it('are turned by their EXIF orientation', async () => {
    // Orientation 6: what is stored as the left edge is shown at the top.
    const bytes = await (await halves(0, 255, 16, 8)).withMetadata({ orientation: 6 }).png().toBuffer()
    const { data, at } = await firstImage(await folderOf({ 'a/x.png': bytes }))
    expect(data.stored).toEqual([16, 8, 3])
    expect([at(0, 0), at(0, 7), at(15, 0), at(15, 7)].map(([r]) => r)).toEqual([0, 0, 255, 255])
  })

  it('lose alpha, and grey becomes colour', async () => {
    const clear = { r: 200, g: 100, b: 50, alpha: 0 }
    const alpha = await sharp({ create: { width: 4, height: 4, channels: 4, background: clear } })
      .png()
      .toBuffer()
    const first = await firstImage(await folderOf({ 'a/x.png': alpha }), [4, 4, 3])
    expect(first.at(0, 0)).toEqual([200, 100, 50])
    const grey = await (await halves(10, 20, 4, 4)).toColourspace('b-w').png().toBuffer()
    const second = await firstImage(await folderOf({ 'a/x.png': grey }), [4, 4, 3])
    expect([second.data.stored, second.at(0, 0), second.at(0, 3)]).toEqual([
      [4, 4, 3],
      [10, 10, 10],
      [20, 20, 20],
    ])
  })

  it('of 16 bits and of a palette are read as bytes', async () => {
    const deep = await plain([255, 128, 0]).toColourspace('rgb16').png().toBuffer()
    expect((await firstImage(await folderOf({ 'a/x.png': deep }))).at(0, 0)).toEqual([255, 128, 0])
    const palette = await plain([7, 8, 9]).png({ palette: true }).toBuffer()
    expect((await firstImage(await folderOf({ 'a/x.png': palette }), [8, 8, 3])).at(0, 0)).toEqual([7, 8, 9])
  })

  it('are fitted to the net: padded if a little smaller, else cropped and resized', async () => {
    const small = await firstImage(await folderOf({ 'a/x.png': await png([255, 255, 255], 28, 28) }), [32, 32, 3])
    expect([small.at(1, 1), small.at(2, 2), small.at(29, 29), small.at(30, 30)]).toEqual([
      [0, 0, 0],
      [255, 255, 255],
      [255, 255, 255],
      [0, 0, 0],
    ])
    // 40x20 to 10x10: the middle 20x20 is kept, half of it dark.
    const wide = await firstImage(
      await folderOf({ 'a/x.png': await (await halves(0, 255, 40, 20)).png().toBuffer() }),
      [10, 10, 1],
    )
    expect([wide.at(0, 0), wide.at(9, 9)]).toEqual([[0], [255]])
    expect(wide.data.note).toContain('resized from 20x40 to 10x10')
  })

  it('for previews are scaled down where the net leaves the size open', async () => {
    const root = await folderOf({ 'a/x.png': await png([1, 2, 3], 400, 200) })
    const data = await openDataset(root, { ...OPTIONS, largest: 96 })
    expect([data.stored, data.shape]).toEqual([
      [200, 400, 3],
      [48, 96, 3],
    ])
  })
})
