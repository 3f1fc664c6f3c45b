import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../shared/errors.js'
import { readBounded } from '../storage/bounded.js'
import { readClassNames } from './class-names.js'
import { fitNote } from './fit.js'
import { arrayStore, numberedClasses, type Source, type Store } from './store.js'

/** Images are planes of red, green and blue, 32x32 each (https://www.cs.toronto.edu/~kriz/cifar.html, "Binary version"). */
const SIDE = 32
const PLANE = SIDE * SIDE
const PIXELS = 3 * PLANE
const MOST_BYTES = 2 ** 30

interface Family {
  readonly title: string
  readonly train: RegExp
  readonly test: RegExp
  readonly names: string
  /** Bytes before the pixels, the last of which is the class. */
  readonly head: number
}

const FAMILIES: readonly Family[] = [
  { title: 'CIFAR-10', train: /^data_batch_\d+\.bin$/, test: /^test_batch\.bin$/, names: 'batches.meta.txt', head: 1 },
  { title: 'CIFAR-100', train: /^train\.bin$/, test: /^test\.bin$/, names: 'fine_label_names.txt', head: 2 },
]

/** The data set of a folder with the binary files of CIFAR-10 or CIFAR-100 (fine classes); missing if there are none. */
export async function openCifar(folder: string): Promise<Source | undefined> {
  const names = (await readdir(folder)).sort()
  const family = FAMILIES.find((candidate) => names.some((name) => candidate.train.test(name)))
  if (!family) return undefined
  const read = (pattern: RegExp) =>
    readRows(
      folder,
      names.filter((name) => pattern.test(name)),
      family.head,
    )
  const train = await read(family.train)
  const test = names.some((name) => family.test.test(name)) ? await read(family.test) : undefined
  const numbered = numberedClasses(train.labels, ...(test ? [test.labels] : []))
  const classes = await readClassNames(join(folder, family.names), numbered.length)
  return {
    title: family.title,
    classes: classes ?? numbered,
    named: classes !== undefined,
    train,
    ...(test && { test }),
    skipped: [],
    fitNote: (shape) => fitNote([SIDE, SIDE, 3], shape),
  }
}

async function readRows(folder: string, files: readonly string[], head: number): Promise<Store> {
  const row = head + PIXELS
  const parts: Buffer[] = []
  for (const file of files) {
    const path = join(folder, file)
    const bytes = await readBounded(path, MOST_BYTES)
    if (bytes.length === 0 || bytes.length % row !== 0) throw cutOff(path, bytes.length, row)
    parts.push(bytes)
  }
  const count = parts.reduce((sum, bytes) => sum + bytes.length / row, 0)
  const labels = new Int32Array(count)
  const data = new Uint8Array(count * PIXELS)
  let image = 0
  for (const bytes of parts) {
    for (let at = 0; at < bytes.length; at += row, image++) {
      labels[image] = bytes[at + head - 1] as number
      interleave(bytes.subarray(at + head, at + row), data.subarray(image * PIXELS, (image + 1) * PIXELS))
    }
  }
  return arrayStore({ shape: [count, SIDE, SIDE, 3], type: 'u1', data }, labels, folder)
}

/** Three planes to one plane of RGB. */
function interleave(planes: Uint8Array, out: Uint8Array): void {
  for (let p = 0; p < PLANE; p++) {
    out[3 * p] = planes[p] as number
    out[3 * p + 1] = planes[p + PLANE] as number
    out[3 * p + 2] = planes[p + 2 * PLANE] as number
  }
}

function cutOff(path: string, length: number, row: number): AppError {
  return new AppError(
    'data/truncated',
    `${path} is cut off: ${length} bytes are not a whole number of images of ${row} bytes.`,
    'Fetch or copy the file again; only the binary version of CIFAR is read.',
  )
}
