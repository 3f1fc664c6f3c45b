import { AppError } from '../../shared/errors.js'
import type { ImageShape } from './dataset.js'

/**
 * How an image becomes the size of the net. Height and width: equal ones stay; an image that is smaller, but by no more than a
 * fifth in each direction, is put in the middle of a black frame (28x28 in 32x32), so that its pixels stay as they are; any
 * other is cropped around its middle to the net's aspect ratio and resized bilinearly, averaging where it shrinks.
 * Channels: grey is repeated to three, colour becomes its luma, a fourth channel (alpha) is dropped.
 */
export type FitPlan = 'same' | 'pad' | 'resize'

const LEAST_PADDED = 0.8

/** Which of the three ways height and width take. */
export function planOf(from: ImageShape, to: ImageShape): FitPlan {
  const [h, w] = from
  if (h === to[0] && w === to[1]) return 'same'
  return h <= to[0] && w <= to[1] && h >= LEAST_PADDED * to[0] && w >= LEAST_PADDED * to[1] ? 'pad' : 'resize'
}

/** The plan in words, `''` where nothing changes. */
export function fitNote(from: ImageShape, to: ImageShape): string {
  const sizes = `${from[0]}x${from[1]} to ${to[0]}x${to[1]}`
  const plan = planOf(from, to)
  const size = plan === 'same' ? [] : [plan === 'pad' ? `padded with black from ${sizes}` : `resized from ${sizes}`]
  const colour = from[2] === 1 ? 'grey repeated to three channels' : `${from[2]} channels turned to ${to[2]}`
  const parts = from[2] === to[2] ? size : [...size, colour]
  return parts.length === 0 ? '' : `Images: ${parts.join(', ')}.`
}

/** A function that fits one image (HWC floats) into `out` at `offset`; `data/shape` for channels that cannot be turned. */
export function fitter(
  from: ImageShape,
  to: ImageShape,
): (image: Float32Array, out: Float32Array, offset: number) => void {
  const recolour = channelFitter(from[2], to[2])
  const plan = planOf(from, to)
  if (plan === 'same') return (image, out, offset) => recolour(image, out, offset, from[0] * from[1])
  const coloured = new Float32Array(from[0] * from[1] * to[2])
  const place = plan === 'pad' ? padder(from, to) : resizer(from, to)
  return (image, out, offset) => {
    recolour(image, coloured, 0, from[0] * from[1])
    place(coloured, out, offset)
  }
}

type Recolour = (image: Float32Array, out: Float32Array, offset: number, pixels: number) => void

function channelFitter(from: number, to: number): Recolour {
  if (from === to) return (image, out, offset) => out.set(image, offset)
  if (to === 3 && (from === 1 || from === 4)) {
    const second = from === 1 ? 0 : 1
    return (image, out, offset, pixels) => {
      for (let p = 0, at = offset; p < pixels; p++, at += 3) {
        out[at] = image[from * p] as number
        out[at + 1] = image[from * p + second] as number
        out[at + 2] = image[from * p + 2 * second] as number
      }
    }
  }
  if (to === 1 && (from === 3 || from === 4)) {
    return (image, out, offset, pixels) => {
      for (let p = 0; p < pixels; p++) out[offset + p] = luma(image, from * p)
    }
  }
  throw new AppError(
    'data/shape',
    `The images have ${from} channels, but the net takes ${to}.`,
    `Set the input of the net to ${from} channels, or store the images with ${to}.`,
  )
}

/** Brightness of a colour by ITU-R BT.601. */
function luma(image: Float32Array, at: number): number {
  return 0.299 * (image[at] as number) + 0.587 * (image[at + 1] as number) + 0.114 * (image[at + 2] as number)
}

function padder([h, w]: ImageShape, [height, width, channels]: ImageShape) {
  const top = Math.floor((height - h) / 2)
  const left = Math.floor((width - w) / 2)
  return (image: Float32Array, out: Float32Array, offset: number) => {
    out.fill(0, offset, offset + height * width * channels)
    for (let y = 0; y < h; y++) {
      const row = image.subarray(y * w * channels, (y + 1) * w * channels)
      out.set(row, offset + ((y + top) * width + left) * channels)
    }
  }
}

/** Separable triangle filter, widened where the image shrinks, over the middle part of the net's aspect ratio. */
function resizer([h, w]: ImageShape, [height, width, channels]: ImageShape) {
  const scale = Math.min(h / height, w / width)
  const rows = taps(h, height, scale)
  const columns = taps(w, width, scale)
  const narrow = new Float32Array(h * width * channels)
  return (image: Float32Array, out: Float32Array, offset: number) => {
    narrow.fill(0)
    out.fill(0, offset, offset + height * width * channels)
    columns.forEach(({ first, weights }, x) => {
      for (let y = 0; y < h; y++) {
        weights.forEach((weight, k) => {
          const from = (y * w + first + k) * channels
          const to = (y * width + x) * channels
          for (let c = 0; c < channels; c++)
            narrow[to + c] = (narrow[to + c] as number) + weight * (image[from + c] as number)
        })
      }
    })
    const line = width * channels
    rows.forEach(({ first, weights }, y) => {
      weights.forEach((weight, k) => {
        const from = (first + k) * line
        const to = offset + y * line
        for (let i = 0; i < line; i++) out[to + i] = (out[to + i] as number) + weight * (narrow[from + i] as number)
      })
    })
  }
}

/** Per output position the first input position and the weights (sum 1) of the inputs that make it; pixel centres at halves. */
function taps(from: number, to: number, scale: number): readonly { first: number; weights: readonly number[] }[] {
  const support = Math.max(1, scale)
  const start = (from - to * scale) / 2
  return Array.from({ length: to }, (_, i) => {
    const centre = start + (i + 0.5) * scale
    const first = Math.max(0, Math.floor(centre - support + 0.5))
    const last = Math.min(from, Math.floor(centre + support + 0.5))
    const raw = Array.from({ length: last - first }, (_, k) =>
      Math.max(0, 1 - Math.abs((first + k + 0.5 - centre) / support)),
    )
    const sum = raw.reduce((a, b) => a + b, 0)
    return { first, weights: raw.map((weight) => weight / sum) }
  })
}
