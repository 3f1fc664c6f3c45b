import { open } from 'node:fs/promises'
import sharp from 'sharp'
import { READ } from '../storage/bounded.js'
import { readError } from '../storage/disk-error.js'
import { fitter, planOf } from './fit.js'
import type { ImageShape } from './dataset.js'

const MOST_FILE = 64 * 2 ** 20
const MOST_SIDE = 16_384
const MOST_PIXELS = 100e6

/** Why a file is not used: the reason that stands in the list of skipped files. */
export class ImageProblem extends Error {}

/** Bytes of an image file, refused by content and by size before anything is decoded; throws `ImageProblem`. */
export async function readImageFile(path: string): Promise<Buffer> {
  const file = await open(path, READ).catch((error: unknown) => {
    throw new ImageProblem(readError(error, path).message)
  })
  try {
    const stat = await file.stat()
    const { size } = stat
    if (!stat.isFile()) throw new ImageProblem('This is a folder or a device, not a file.')
    if (size === 0) throw new ImageProblem('The file is empty.')
    if (size > MOST_FILE) throw new ImageProblem(`The file has ${size} bytes; at most ${MOST_FILE} are read.`)
    const start = Buffer.alloc(Math.min(size, 64))
    await file.read(start, 0, start.length, 0)
    checkKind(start)
    return await file.readFile()
  } catch (error) {
    throw error instanceof ImageProblem ? error : new ImageProblem(readError(error, path).message)
  } finally {
    await file.close()
  }
}

/** Refuse everything that is not JPEG or PNG by its first bytes, and say what it really is. */
function checkKind(start: Buffer): void {
  const text = start.toString('latin1', 0, 64)
  if (text.startsWith('\xff\xd8\xff') || text.startsWith('\x89PNG\r\n\x1a\n')) return
  const kind = OTHER_KINDS.find(([pattern]) => pattern.test(text))
  throw new ImageProblem(kind?.[1] ?? 'The file is neither JPEG nor PNG.')
}

const OTHER_KINDS: readonly (readonly [RegExp, string])[] = [
  [/^BM/, 'This is a BMP image; save it as PNG.'],
  [/^GIF8/, 'This is a GIF image; save it as PNG.'],
  [/^RIFF....WEBP/s, 'This is a WebP image; save it as PNG or JPEG.'],
  [/^(II\*\0|MM\0\*)/, 'This is a TIFF image; save it as PNG.'],
  [/^\s*<(!doctype|html)/i, 'The file contains HTML markup.'],
  [/^\s*<(svg|\?xml)/i, 'This is an SVG drawing; save it as PNG.'],
  [/^version https:\/\/git-lfs/, 'This is a Git LFS pointer; fetch the real file with "git lfs pull".'],
]

/** Size of an image as shown (turned by its EXIF orientation), from its header only; grey counts as colour. Checks the limits. */
export async function imageSize(bytes: Buffer): Promise<ImageShape> {
  checkKind(bytes.subarray(0, 64))
  const { autoOrient, width, height } = await sharp(bytes).metadata().catch(damaged)
  if (!width || !height) throw new ImageProblem('The file is damaged: it has no size.')
  if (width > MOST_SIDE || height > MOST_SIDE || width * height > MOST_PIXELS) {
    const limits = `at most ${MOST_SIDE} a side and ${MOST_PIXELS / 1e6} million pixels are read`
    throw new ImageProblem(`The image has ${width}x${height} pixels; ${limits}.`)
  }
  return [autoOrient.height, autoOrient.width, 3]
}

/** Decode an image and fit it to the net as `fit.ts` says: HWC bytes. Throws `ImageProblem`. */
export async function decodeImage(bytes: Buffer, to: ImageShape): Promise<Uint8Array> {
  const from = await imageSize(bytes)
  const plan = planOf(from, to)
  const image = sharp(bytes, { failOn: 'error', limitInputPixels: MOST_PIXELS }).autoOrient()
  // Large photographs shrink while they are decoded, which is many times faster than decoding them whole.
  if (plan === 'resize') image.resize(to[1], to[0], { fit: 'cover', position: 'centre', kernel: 'linear' })
  const { data, info } = await image
    .removeAlpha()
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch(damaged)
  const out = new Float32Array(to[0] * to[1] * to[2])
  fitter([info.height, info.width, info.channels], to)(Float32Array.from(data), out, 0)
  return Uint8Array.from(out, Math.round)
}

/** A PNG of HWC values 0…1: grey for one channel, colour for three or four (without alpha), else the first channel. */
export function encodePng(values: Float32Array, [height, width, channels]: ImageShape): Promise<Buffer> {
  const kept = channels === 3 || channels === 4 ? 3 : 1
  const bytes = new Uint8Array(height * width * kept)
  for (let i = 0; i < bytes.length; i++) {
    const value = values[Math.floor(i / kept) * channels + (i % kept)] as number
    bytes[i] = Math.round(255 * Math.min(1, Math.max(0, value)))
  }
  return sharp(bytes, { raw: { width, height, channels: kept } })
    .png()
    .toBuffer()
}

function damaged(error: unknown): never {
  const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
  throw new ImageProblem(`The file is damaged: ${reason}.`)
}
