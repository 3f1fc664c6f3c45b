import type { SkippedFile } from '../../shared/training/events.js'

/** `[height, width, channels]` of an image. */
export type ImageShape = readonly [number, number, number]

/** One part of a data set, decoded to the size of the net on demand. */
export interface Part {
  readonly count: number
  /** Class index of each image. */
  readonly labels: Int32Array
  /** Write image `index` as NHWC floats into `out` at `offset`; uint8 images are scaled to 0…1, float arrays are taken as they are. */
  read(index: number, out: Float32Array, offset: number): Promise<void> | void
}

/** Labelled images with a training and a validation part, at one size. */
export interface Dataset {
  readonly title: string
  readonly classes: readonly string[]
  /** False where classes are known only by the numbers of their labels, so that some may not occur. */
  readonly named: boolean
  /** Size that `read` delivers: `[height, width, channels]`. */
  readonly shape: readonly [number, number, number]
  /** Size as stored (folders: of the first image). */
  readonly stored: readonly [number, number, number]
  readonly train: Part
  readonly validation: Part
  readonly skipped: readonly SkippedFile[]
  /** How the images were fitted to the net and where the validation part comes from, in words for the user. */
  readonly note: string
}

export interface DataOptions {
  /** Size the net wants; images are resized (folders), padded or replicated to three channels; missing: as stored. */
  readonly shape?: readonly [number | null, number | null, number]
  /** Where the size is open: larger images are scaled down to at most this height and width, for previews. */
  readonly largest?: number
  /** Share of the images kept for validation where the data has no such part of its own. */
  readonly validationShare: number
  readonly seed: number
}
