import { AppError } from '../../shared/errors.js'
import type { DataOptions, ImageShape } from './dataset.js'
import { fitter } from './fit.js'
import type { NumberArray } from './numbers.js'
import { product } from './numbers.js'

/** Writes image `index` as floats into `out` at `offset`. */
export type ReadImage = (index: number, out: Float32Array, offset: number) => Promise<void> | void

/** Labelled images as they are stored, before a size is chosen. */
export interface Store {
  readonly labels: Int32Array
  readonly stored: ImageShape
  /** A reader that delivers images of this size. */
  reader(shape: ImageShape): ReadImage
}

/** A data set as it lies on the disk: perhaps with a test part of its own. */
export interface Source {
  readonly title: string
  readonly classes: readonly string[]
  /** False where classes are only known by the numbers of their labels, so that some may not occur. */
  readonly named: boolean
  readonly train: Store
  readonly test?: Store
  readonly skipped: readonly { readonly file: string; readonly reason: string }[]
  /** What images of this kind undergo on the way to a net of this size, in words. */
  fitNote(shape: ImageShape): string
}

/** A store over one array of images `[n, height, width, channels]` (or without channels); uint8 is scaled to 0…1. */
export function arrayStore(images: NumberArray, labels: Int32Array, name: string): Store {
  const stored = imageShape(images.shape, name)
  const size = product(stored)
  const { data } = images
  refuseNotFinite(images, size, name)
  const scale = images.type === 'u1' ? 1 / 255 : 1
  return {
    labels,
    stored,
    reader(shape) {
      const fit = fitter(stored, shape)
      const image = new Float32Array(size)
      return (index, out, offset) => {
        for (let i = 0, at = index * size; i < size; i++) image[i] = (data[at + i] as number) * scale
        fit(image, out, offset)
      }
    },
  }
}

/** One value that is no number would take all weights with it. */
function refuseNotFinite({ type, data }: NumberArray, size: number, name: string): void {
  if (!type.startsWith('f')) return
  const at = data.findIndex((value) => !Number.isFinite(Math.fround(value)))
  if (at < 0) return
  throw new AppError(
    'data/unreadable',
    `${name} holds ${data[at]} in image ${Math.floor(at / size)}.`,
    'Values must be numbers below 3.4e38; mend that image or leave it out.',
  )
}

function imageShape(shape: readonly number[], name: string): ImageShape {
  const [, height, width, channels] = shape.length === 3 ? [...shape, 1] : shape
  if ((shape.length === 3 || shape.length === 4) && height && width && channels) return [height, width, channels]
  throw new AppError(
    'data/shape',
    `${name} has shape ${shape.join('x')}.`,
    'Images need the shape [images, height, width] or [images, height, width, channels], with no extent of 0.',
  )
}

/** Labels as class numbers; `data/unreadable` for fractions, other shapes and numbers below 0. */
export function labelsOf(array: NumberArray, name: string): Int32Array {
  const { shape, type, data } = array
  if (shape.length !== 1 && !(shape.length === 2 && shape[1] === 1)) {
    const hint =
      'Labels need the shape [images] or [images, 1]: one class number each (of one-hot rows, take the argmax).'
    throw new AppError('data/shape', `${name} has shape ${shape.join('x')}.`, hint)
  }
  if (type.startsWith('f')) {
    throw new AppError('data/unreadable', `${name} holds fractions (${type}).`, 'Save the labels as whole numbers.')
  }
  const labels = Int32Array.from(data)
  const at = data.findIndex((value, i) => value < 0 || value !== labels[i] || value >= MOST_CLASSES)
  if (at >= 0) {
    const hint = `Labels are class numbers from 0 to ${MOST_CLASSES - 1}.`
    throw new AppError('data/unreadable', `Label ${at} of ${name} is ${data[at]}.`, hint)
  }
  return labels
}

const MOST_CLASSES = 65_536

/** Refuse images and labels of different number. */
export function checkCounts(images: NumberArray, labels: Int32Array, names: readonly [string, string]): void {
  if (images.shape[0] === labels.length && labels.length > 0) return
  throw new AppError(
    'data/unreadable',
    `${names[0]} holds ${images.shape[0]} images, but ${names[1]} holds ${labels.length} labels.`,
    labels.length === 0 ? 'At least one image is needed.' : 'Each image needs one label, in the same order.',
  )
}

/** Class names for labels without names: "0", "1", … up to the largest. */
export function numberedClasses(...parts: readonly Int32Array[]): readonly string[] {
  const largest = parts.reduce((most, labels) => labels.reduce((a, b) => Math.max(a, b), most), 0)
  return Array.from({ length: largest + 1 }, (_, i) => String(i))
}

/** The size images will have: what the net wants, and as stored (up to `largest`) where it leaves the size open. */
export function wantedShape(stored: ImageShape, { shape, largest = Infinity }: SizeOptions): ImageShape {
  const scale = Math.min(1, largest / Math.max(stored[0], stored[1]))
  const open = [stored[0], stored[1]].map((side) => Math.max(1, Math.round(side * scale))) as [number, number]
  return [shape?.[0] ?? open[0], shape?.[1] ?? open[1], shape?.[2] ?? stored[2]]
}

export type SizeOptions = Pick<DataOptions, 'shape' | 'largest'>
