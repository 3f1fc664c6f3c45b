import { basename } from 'node:path'
import { AppError } from '../../shared/errors.js'
import { readZip } from '../storage/zip.js'
import { fitNote } from './fit.js'
import { parseNpy } from './npy.js'
import { arrayStore, checkCounts, labelsOf, numberedClasses, type Source, type Store } from './store.js'

const TRAIN = ['x_train', 'y_train'] as const
const TESTS = [
  ['x_test', 'y_test'],
  ['x_val', 'y_val'],
] as const
type Names = readonly [images: string, labels: string]

/** The data set of an `.npz` file with `x_train` and `y_train`, and perhaps `x_test`, `y_test` (or `x_val`, `y_val`). */
export async function openNpz(path: string): Promise<Source> {
  const known: ReadonlySet<string> = new Set([TRAIN, ...TESTS].flat().map((name) => `${name}.npy`))
  const { names, entries } = await readZip(path, (name) => known.has(name))
  const has = (pair: Names) => pair.every((name) => entries.has(`${name}.npy`))
  if (!has(TRAIN)) {
    throw new AppError(
      'data/unreadable',
      `${path} has no x_train and y_train; it holds ${names.join(', ') || 'nothing'}.`,
      'Save it with numpy.savez(path, x_train=…, y_train=…, x_test=…, y_test=…).',
    )
  }
  const open = (pair: Names): Store => {
    const [images, labels] = pair.map((name) => parseNpy(entries.get(`${name}.npy`) as Buffer, `${path}: ${name}`))
    if (!images || !labels) throw new Error('a pair has two names')
    const classes = labelsOf(labels, `${path}: ${pair[1]}`)
    checkCounts(images, classes, pair)
    return arrayStore(images, classes, `${path}: ${pair[0]}`)
  }
  const train = open(TRAIN)
  const pair = TESTS.find(has)
  const test = pair && open(pair)
  return {
    title: basename(path),
    classes: numberedClasses(train.labels, ...(test ? [test.labels] : [])),
    named: false,
    train,
    ...(test && { test }),
    skipped: [],
    fitNote: (shape) => fitNote(train.stored, shape),
  }
}
