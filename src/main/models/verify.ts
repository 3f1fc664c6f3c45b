import { AppError } from '../../shared/errors.js'
import { uniform } from '../../shared/random.js'
import type { Executor } from '../engine/executor.js'

/** Images and what the trainer's `predict` step makes of them: what every other program must find too. */
export interface Reference {
  /** NHWC. */
  readonly images: Float32Array
  /** [count, height, width, channels]. */
  readonly shape: readonly [number, number, number, number]
  /** By exported head: [count, classes]. */
  readonly heads: Readonly<Record<string, Float32Array>>
}

/** What another program found in a written file. */
export interface Verdict {
  /** Name and version of the program: `ONNX Runtime 1.30.0`. */
  readonly judge: string
  readonly images: number
  readonly largestDifference: number
}

/** Computes the heads of a batch of images, in the order of `heads`. */
export type ForeignRun = (
  images: Float32Array,
  shape: Reference['shape'],
  heads: readonly string[],
) => Promise<readonly Float32Array[]>

/** Largest difference of a probability that passes: float32 sums in another order stay a hundred times below it. */
const TOLERANCE = 1e-4

/**
 * The same as a share of the image's largest probability. A net of 1,000 classes before training gives 0.001 to each of
 * them: whatever a file computed there, it would differ by little.
 */
const SHARE_TOLERANCE = 1e-3

/** What a share is a share of at least: a number that a head answers with may be 0. */
const LEAST = 1e-4

const SEED = 20_260

/** A fixed batch of random images, and the trainer's answer to it. */
export async function referenceOf(
  executor: Executor,
  size: readonly [number, number, number],
  heads: readonly string[],
  count: number,
): Promise<Reference> {
  const length = count * size[0] * size[1] * size[2]
  const images = Float32Array.from({ length }, (_, i) => uniform(SEED, i))
  const { heads: found } = await executor.run('predict', { images })
  const probabilities = heads.map((id) => [id, found[id]?.probabilities as Float32Array] as const)
  return { images, shape: [count, ...size], heads: Object.fromEntries(probabilities) }
}

/**
 * Compare a written model with the reference: once as the whole batch, once with its first image alone, since a batch size
 * that was baked in by mistake shows only then. `export/not-equal` above the tolerance.
 */
export async function compare(judge: string, reference: Reference, run: ForeignRun): Promise<Verdict> {
  const { shape, images } = reference
  const heads = Object.keys(reference.heads)
  let largestDifference = 0
  let largestShare = 0
  for (const count of new Set([shape[0], 1])) {
    const part = images.subarray(0, (images.length / shape[0]) * count)
    const outputs = await run(part, [count, shape[1], shape[2], shape[3]], heads)
    for (const [i, head] of heads.entries()) {
      const expected = reference.heads[head] as Float32Array
      const classes = expected.length / shape[0]
      const found = differences(outputs[i] as Float32Array, expected.subarray(0, classes * count), classes)
      largestDifference = Math.max(largestDifference, found.largest)
      largestShare = Math.max(largestShare, found.share)
    }
  }
  if (largestDifference <= TOLERANCE && largestShare <= SHARE_TOLERANCE) {
    return { judge, images: shape[0], largestDifference }
  }
  throw notEqual(judge, largestDifference, largestShare)
}

function notEqual(judge: string, difference: number, share: number): AppError {
  const found = `${difference.toPrecision(2)}, ${(100 * share).toPrecision(2)} % of the largest one`
  return new AppError(
    'export/not-equal',
    `${judge} computes other probabilities from the file than the trainer: they differ by up to ${found}; ${TOLERANCE} and ${100 * SHARE_TOLERANCE} % are allowed.`,
    'The file was removed, the run is as it was. Export in the other format, and report the document.',
  )
}

/** Largest difference, and largest share of it in the row's largest probability; infinite for other lengths or not a number. */
function differences(found: Float32Array, expected: Float32Array, classes: number) {
  if (found.length !== expected.length) return { largest: Infinity, share: Infinity }
  let largest = 0
  let share = 0
  for (let row = 0; row < expected.length; row += classes) {
    const most = expected.subarray(row, row + classes).reduce((top, value) => Math.max(top, Math.abs(value)), LEAST)
    for (let i = row; i < row + classes; i++) {
      const apart = Math.abs((found[i] as number) - (expected[i] as number))
      if (Number.isNaN(apart)) return { largest: Infinity, share: Infinity }
      largest = Math.max(largest, apart)
      share = Math.max(share, apart / most)
    }
  }
  return { largest, share }
}
