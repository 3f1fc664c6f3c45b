import { stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { AppError } from '../../shared/errors.js'
import { readError } from '../storage/disk-error.js'
import { openBuiltin } from './builtin.js'
import { openCifar } from './cifar.js'
import type { DataOptions, Dataset, ImageShape, Part } from './dataset.js'
import { openFolder } from './folder.js'
import { openIdx } from './idx.js'
import { openNpz } from './npz.js'
import { splitByClass } from './split.js'
import { wantedShape, type SizeOptions, type Source, type Store } from './store.js'

/**
 * Open a data set by its spec: `builtin`, `builtin:<name>`, an `.npz` file, or a folder of IDX files, of CIFAR's binary files
 * or of class folders, whichever its content is. Images are fitted to `options.shape` as `fit.ts` says. A validation or test
 * part of its own is used for validation; otherwise `validationShare` of each class is kept for it.
 */
export async function openDataset(spec: string, options: DataOptions): Promise<Dataset> {
  const source = await openSource(spec, options)
  const { train, test } = source
  const shape = wantedShape(train.stored, options)
  const split = test
    ? { train: numbers(train), validation: numbers(test) }
    : splitByClass(train.labels, options.validationShare, options.seed)
  return {
    title: source.title,
    classes: source.classes,
    named: source.named,
    shape,
    stored: train.stored,
    train: partOf(train, split.train, shape),
    validation: partOf(test ?? train, split.validation, shape),
    skipped: source.skipped,
    note: [source.fitNote(shape), splitNote(test !== undefined, split.validation.length)].filter(Boolean).join(' '),
  }
}

async function openSource(spec: string, wanted: SizeOptions): Promise<Source> {
  if (spec === 'builtin' || spec.startsWith('builtin:')) return openBuiltin(spec)
  const entry = await stat(spec).catch((error: unknown) => {
    const { code, message } = readError(error, spec)
    if (code !== 'file/not-found') throw readError(error, spec)
    throw new AppError('data/not-found', message, 'Give "builtin", a folder of images, or an .npz file.')
  })
  if (entry.isDirectory()) {
    return (await openIdx(spec, basename(spec))) ?? (await openCifar(spec)) ?? (await openFolder(spec, wanted))
  }
  if (/\.npz$/i.test(spec)) return openNpz(spec)
  throw new AppError(
    'data/unreadable',
    `${spec} is a file, and of files only .npz is a whole data set.`,
    fileHint(spec),
  )
}

function fileHint(spec: string): string {
  if (/\.(zip|tar|tgz|tar\.\w+|7z|rar)$/i.test(spec)) return 'Unpack it, and give the folder that it makes.'
  return /idx|ubyte|\.bin/i.test(spec)
    ? `Give the folder it lies in: ${dirname(spec)}`
    : 'Give a folder or an .npz file.'
}

function numbers(store: Store): Int32Array {
  return Int32Array.from(store.labels.keys())
}

function partOf(store: Store, indices: Int32Array, shape: ImageShape): Part {
  const read = store.reader(shape)
  return {
    count: indices.length,
    labels: indices.map((i) => store.labels[i] as number),
    read: (index, out, offset) => read(indices[index] as number, out, offset),
  }
}

function splitNote(own: boolean, count: number): string {
  if (own) return `Validation: the test part of the data, ${count} images.`
  return count > 0
    ? `Validation: ${count} images kept back, the same share of each class.`
    : 'No images for validation.'
}
