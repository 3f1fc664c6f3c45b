import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../shared/errors.js'
import { readBounded } from '../storage/bounded.js'
import { readClassNames } from './class-names.js'
import { fitNote } from './fit.js'
import { inflateExactly, inflateStart, isGzip } from './gzip.js'
import { bytesOf, decodeNumbers, product, type ElementType, type NumberArray } from './numbers.js'
import { arrayStore, checkCounts, labelsOf, numberedClasses, type Source, type Store } from './store.js'

const TYPES: Readonly<Record<number, ElementType>> = { 8: 'u1', 9: 'i1', 11: 'i2', 12: 'i4', 13: 'f4', 14: 'f8' }
const MOST_BYTES = 4 * 2 ** 30
const MOST_DIMENSIONS = 8

/** One array of an IDX file (http://yann.lecun.com/exdb/mnist, "The IDX file format"), raw or gzip by content. */
async function readIdx(path: string): Promise<NumberArray> {
  return parseIdx(await readBounded(path, MOST_BYTES), path)
}

/** The array in the bytes of an IDX file; the header is checked against the length before memory is taken. */
export async function parseIdx(bytes: Buffer, file: string): Promise<NumberArray> {
  if (!isGzip(bytes)) {
    const header = parseHeader(bytes, file)
    checkLength(bytes.length, header, file)
    return decode(bytes, header)
  }
  const header = parseHeader(await inflateStart(bytes, 4 + 4 * MOST_DIMENSIONS, file), file)
  return decode(await inflateExactly(bytes, header.size, file), header)
}

interface Header {
  readonly type: ElementType
  readonly shape: readonly number[]
  /** Where the values begin. */
  readonly start: number
  /** Length of the whole file that the header announces. */
  readonly size: number
}

function parseHeader(bytes: Buffer, file: string): Header {
  const type = bytes.length >= 4 && bytes.readUInt16BE(0) === 0 ? TYPES[bytes[2] as number] : undefined
  const dimensions = bytes[3] ?? 0
  if (type === undefined || dimensions < 1 || dimensions > MOST_DIMENSIONS) {
    const begin = bytes.toString('hex', 0, 4) || 'nothing'
    const hint = 'An IDX file begins with 0000, then a type (08 to 0e) and the number of dimensions.'
    throw new AppError('data/unreadable', `${file} is not an IDX file: it begins with ${begin}.`, hint)
  }
  const start = 4 + 4 * dimensions
  if (bytes.length < start) throw truncated(file, start, bytes.length)
  const shape = Array.from({ length: dimensions }, (_, i) => bytes.readUInt32BE(4 + 4 * i))
  const size = start + product(shape) * bytesOf(type)
  if (!(size <= MOST_BYTES)) {
    throw new AppError(
      'data/unreadable',
      `${file} announces ${shape.join('x')} values, more than ${MOST_BYTES} bytes.`,
      'The header is damaged, or the file is too large to be read at once.',
    )
  }
  return { type, shape, start, size }
}

function checkLength(length: number, header: Header, file: string): void {
  if (length < header.size) throw truncated(file, header.size, length, header.shape)
  if (length > header.size) {
    throw new AppError(
      'data/unreadable',
      `${file} announces ${header.shape.join('x')} values, ${header.size} bytes, but has ${length}.`,
      'The header is damaged; fetch the file again.',
    )
  }
}

function decode(bytes: Buffer, { type, shape, start, size }: Header): NumberArray {
  return { type, shape, data: decodeNumbers(bytes.subarray(start, size), type, true) }
}

function truncated(file: string, needed: number, present: number, shape?: readonly number[]): AppError {
  const what = shape ? ` for ${shape.join('x')} values` : ' for its header'
  const message = `${file} is cut off: it needs ${needed} bytes${what}, but has ${present}.`
  return new AppError('data/truncated', message, 'Fetch or copy the file again.')
}

const TRAIN = /train/i
const TEST = /t10k|test|val/i

/** Which files of a folder are images and labels of which part, by their names; missing if there is no training pair. */
async function findIdx(folder: string): Promise<{ train: IdxPair; test?: IdxPair } | undefined> {
  const names = (await readdir(folder)).filter((name) => /idx\d|ubyte/i.test(name)).sort()
  const pair = (part: RegExp): IdxPair | undefined => {
    const images = names.find((name) => part.test(name) && /images/i.test(name))
    const labels = names.find((name) => part.test(name) && /labels/i.test(name))
    return images && labels ? { images, labels } : undefined
  }
  const train = pair(TRAIN)
  if (!train) return undefined
  const test = pair(TEST)
  return test ? { train, test } : { train }
}

interface IdxPair {
  readonly images: string
  readonly labels: string
}

/** The data set of a folder of IDX files: `train…images…`, `train…labels…`, and perhaps the same for `t10k` or `test`. */
export async function openIdx(folder: string, title: string): Promise<Source | undefined> {
  const found = await findIdx(folder)
  if (!found) return undefined
  const train = await openPair(folder, found.train)
  const test = found.test && (await openPair(folder, found.test))
  const numbered = numberedClasses(train.labels, ...(test ? [test.labels] : []))
  const names = await readClassNames(join(folder, 'classes.txt'), numbered.length)
  return {
    title,
    classes: names ?? numbered,
    named: names !== undefined,
    train,
    ...(test && { test }),
    skipped: [],
    fitNote: (shape) => fitNote(train.stored, shape),
  }
}

async function openPair(folder: string, names: IdxPair): Promise<Store> {
  const images = await readIdx(join(folder, names.images))
  const labels = labelsOf(await readIdx(join(folder, names.labels)), names.labels)
  checkCounts(images, labels, [names.images, names.labels])
  return arrayStore(images, labels, names.images)
}
