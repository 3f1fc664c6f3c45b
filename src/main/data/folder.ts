import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../../shared/errors.js'
import type { SkippedFile } from '../../shared/training/events.js'
import { readError } from '../storage/disk-error.js'
import { ByteCache, writeScaled } from './byte-cache.js'
import { fitNote } from './fit.js'
import { decodeImage, imageSize, ImageProblem, readImageFile } from './image.js'
import type { ImageShape } from './dataset.js'
import { wantedShape, type SizeOptions, type Source, type Store } from './store.js'

const TRAIN = /^train(ing)?$/i
const TESTS = [/^val(id|idation)?$/i, /^test(ing)?$/i]
const MOST_DEPTH = 8
/** Files that are read and decoded at the same time. */
const AT_ONCE = 8

/**
 * The data set of a folder of class folders, or of `train` and `val` (or `valid`, `validation`, `test`) with class folders
 * each. Classes are numbered in byte order of their names. Every image is decoded once here; what cannot be read is listed in
 * `skipped`. `data/no-images` if nothing is left.
 */
export async function openFolder(root: string, wanted: SizeOptions): Promise<Source> {
  const folders = await subfolders(root)
  const train = folders.find((name) => TRAIN.test(name))
  const test =
    train && TESTS.map((pattern) => folders.find((name) => pattern.test(name))).find((name) => name !== undefined)
  const parts = train === undefined ? [root] : [train, ...(test ? [test] : [])].map((name) => join(root, name))
  const classes = sortedByBytes([...new Set((await Promise.all(parts.map(subfolders))).flat())])
  const listed = await Promise.all(parts.map((part) => listImages(root, part, classes)))
  const skipped: SkippedFile[] = []
  const stored = await firstSize(root, listed.flat())
  const total = listed.flat().length
  if (!stored) throw await noImages(root, classes.length, total, listed.flat())
  const shape = wantedShape(stored, wanted)
  const stores: Store[] = []
  for (const files of listed) stores.push(await scan(root, files, stored, shape, skipped))
  const [first, second] = stores
  if (!first || first.labels.length === 0) throw await noImages(root, classes.length, total, listed[0] ?? [])
  return {
    title: basename(root),
    classes,
    named: true,
    train: first,
    ...(second && second.labels.length > 0 && { test: second }),
    skipped,
    fitNote: (to) => fitNote(stored, to),
  }
}

interface ImageFile {
  /** Path below the root, with slashes. */
  readonly file: string
  readonly label: number
}

/** Names in byte order, as torchvision and Keras number classes. */
export function sortedByBytes(names: readonly string[]): readonly string[] {
  return names
    .map((name) => Buffer.from(name))
    .sort(Buffer.compare)
    .map(String)
}

async function subfolders(folder: string): Promise<readonly string[]> {
  const entries = await entriesOf(folder)
  return entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map((entry) => entry.name)
}

/** `disk/failed` for a folder that may not be read: to leave a class out silently would be worse than to stop. */
async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw readError(error, folder)
  })
}

/** All files of the class folders of one part, by class, then in byte order of their paths. */
async function listImages(root: string, part: string, classes: readonly string[]): Promise<readonly ImageFile[]> {
  const below = part === root ? '' : `${basename(part)}/`
  const present = new Set(await subfolders(part))
  const files: (readonly ImageFile[])[] = []
  for (const [label, name] of classes.entries()) {
    if (!present.has(name)) continue
    const found = await filesBelow(root, `${below}${name}`, MOST_DEPTH)
    files.push(sortedByBytes(found).map((file) => ({ file, label })))
  }
  return files.flat()
}

async function filesBelow(root: string, relative: string, depth: number): Promise<readonly string[]> {
  // Not `push(...list)`: a call takes about 100,000 arguments, and a class may have more images.
  const found: (readonly string[])[] = []
  for (const entry of await entriesOf(join(root, relative))) {
    const path = `${relative}/${entry.name}`
    if (entry.name.startsWith('.')) continue
    if (entry.isDirectory() && depth > 0) found.push(await filesBelow(root, path, depth - 1))
    // Links to files are common in data folders; links to folders could lead round in circles.
    const linked = entry.isSymbolicLink() && (await stat(join(root, path)).catch(() => undefined))?.isFile() === true
    if (entry.isFile() || linked) found.push([path])
  }
  return found.flat()
}

async function firstSize(root: string, files: readonly ImageFile[]): Promise<ImageShape | undefined> {
  for (const { file } of files) {
    const size = await readImageFile(join(root, file)).then(imageSize).catch(reasonOf)
    if (typeof size !== 'string') return size
  }
  return undefined
}

/** Decode every file once, so that bad ones are known before training begins; the good ones are kept as far as they fit. */
async function scan(
  root: string,
  files: readonly ImageFile[],
  stored: ImageShape,
  shape: ImageShape,
  skipped: SkippedFile[],
): Promise<Store> {
  const cache = new ByteCache()
  const problems = new Map<number, string>()
  let next = 0
  const worker = async () => {
    for (let i = next++; i < files.length; i = next++) {
      const path = join(root, (files[i] as ImageFile).file)
      const image = await load(path, shape).catch(reasonOf)
      if (typeof image === 'string') problems.set(i, image)
      else cache.put(i, image)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  const good = files.flatMap((file, i) => (problems.has(i) ? [] : [{ ...file, i }]))
  files.forEach(({ file }, i) => {
    const reason = problems.get(i)
    if (reason !== undefined) skipped.push({ file, reason })
  })
  return {
    labels: Int32Array.from(good, ({ label }) => label),
    stored,
    reader: (to) => async (index, out, offset) => {
      const { i, file } = good[index] as (typeof good)[number]
      const kept = String(to) === String(shape) ? cache.get(i) : undefined
      writeScaled(kept ?? (await load(join(root, file), to).catch((error) => gone(file, error))), out, offset)
    },
  }
}

async function load(path: string, shape: ImageShape): Promise<Uint8Array> {
  return decodeImage(await readImageFile(path), shape)
}

function reasonOf(error: unknown): string {
  // Channels that cannot be turned are a fault of the net's input, not of this file.
  if (error instanceof AppError && error.code === 'data/shape') throw error
  return error instanceof Error ? error.message : String(error)
}

function gone(file: string, error: unknown): never {
  const what = error instanceof ImageProblem ? error.message : reasonOf(error)
  throw new AppError(
    'data/unreadable',
    `${file} could be read at the start, but not now: ${what}`,
    'Keep the data in place.',
  )
}

async function noImages(root: string, folders: number, files: number, listed: readonly ImageFile[]): Promise<AppError> {
  const [first] = listed
  const reason = first && (await readImageFile(join(root, first.file)).then(imageSize).catch(reasonOf))
  const example = typeof reason === 'string' && first ? ` (${first.file}: ${reason})` : ''
  const names = (await readdir(root)).filter((name) => /^(data_batch_\d+|train|test)$/.test(name))
  const pickle = folders === 0 && names.length > 0
  return new AppError(
    'data/no-images',
    `${root} has no images that can be read: ${folders} class folders, ${files} files in them${example}.`,
    pickle
      ? `${names[0]} is a Python pickle, which is never read; use the binary version of the data.`
      : 'Put JPEG or PNG files into one folder per class: root/cat/1.jpg, root/dog/2.jpg.',
  )
}
