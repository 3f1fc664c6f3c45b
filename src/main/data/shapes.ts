import { hash, PURPOSE } from '../../shared/random.js'
import { ByteCache, writeScaled } from './byte-cache.js'
import { fitter } from './fit.js'
import type { ImageShape } from './dataset.js'
import type { Source, Store } from './store.js'

/** What stands in the picture, in its own frame: distance 1 is the radius. Areas are roughly equal. */
const FIGURES: readonly (readonly [name: string, inside: (u: number, v: number) => boolean])[] = [
  ['disc', (u, v) => Math.hypot(u, v) < 0.8],
  ['ring', (u, v) => Math.abs(Math.hypot(u, v) - 0.76) < 0.24],
  ['bar', (u, v) => Math.abs(u) < 1.05 && Math.abs(v) < 0.45],
  ['cross', (u, v) => (Math.abs(u) < 0.3 && Math.abs(v) < 1) || (Math.abs(v) < 0.3 && Math.abs(u) < 1.2)],
  ['triangle', (u, v) => v < 0.62 && v > 1.55 * Math.abs(u) - 0.9],
]
const TEXTURES = ['striped', 'dotted'] as const

/** Class = figure and its texture; the ground has the other texture. */
export const SHAPE_CLASSES: readonly string[] = TEXTURES.flatMap((t) => FIGURES.map(([name]) => `${name}-${t}`))

const TRAIN = 8000
const TEST = 2000
/** The pictures are the same for every run, whatever its own seed. */
const DATA_SEED = 1
/** Numbers of test images begin here, far from those of training. */
const FIRST_TEST = 2 ** 20
const DEFAULT_SIZE = 32

/** The data set *texture shapes*: nothing stored, every image drawn when it is asked for, at the size of the net. */
export function openShapes(): Source {
  return {
    title: 'Texture shapes',
    classes: SHAPE_CLASSES,
    named: true,
    train: storeOf(0, TRAIN),
    test: storeOf(FIRST_TEST, TEST),
    skipped: [],
    fitNote: ([height, width]) => `Images: drawn at ${height}x${width}.`,
  }
}

function storeOf(first: number, count: number): Store {
  return {
    labels: Int32Array.from({ length: count }, (_, i) => i % SHAPE_CLASSES.length),
    stored: [DEFAULT_SIZE, DEFAULT_SIZE, 3],
    reader: (shape) => cachedReader(first, shape),
  }
}

function cachedReader(first: number, [height, width, channels]: ImageShape) {
  const size = Math.min(height, width)
  const fit = fitter([size, size, 3], [height, width, channels])
  const cache = new ByteCache()
  const image = new Float32Array(size * size * 3)
  return (index: number, out: Float32Array, offset: number) => {
    let bytes = cache.get(index)
    if (!bytes) {
      bytes = drawShape(DATA_SEED, first + index, size, index % SHAPE_CLASSES.length)
      cache.put(index, bytes)
    }
    writeScaled(bytes, image, 0)
    fit(image, out, offset)
  }
}

/** One picture as RGB bytes, `size` x `size`: a function of its arguments. `label` is a number of `SHAPE_CLASSES`. */
export function drawShape(seed: number, index: number, size: number, label: number): Uint8Array {
  const key = hash(PURPOSE.shapes, seed, index)
  const { inside, patches, stripes, dots, light, colours, noise } = sceneOf(randomOf(key), size, label)
  const striped = label < FIGURES.length
  const grain = hash(key, 1)
  const out = new Uint8Array(size * size * 3)
  for (let y = 0, at = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const figure = patches.reduce((is, hit) => (hit(x, y) ? !is : is), inside(x, y))
      const wave = figure === striped ? stripes(x, y) : dots(x, y)
      const mix = 0.5 + 0.5 * Math.tanh(2 * wave)
      for (let c = 0; c < 3; c++, at++) {
        const colour = (colours[0][c] as number) * mix + (colours[1][c] as number) * (1 - mix)
        const value = colour * light(x, y) + 2 * noise * bell(hash(grain, at))
        out[at] = Math.round(255 * Math.min(1, Math.max(0, value)))
      }
    }
  }
  return out
}

type Random = (from: number, to: number) => number
type Rgb = readonly [number, number, number]

/** Evenly spread numbers, the n-th a function of key and n. */
function randomOf(key: number): Random {
  let n = 0
  return (from, to) => from + ((to - from) * hash(key, 2, n++)) / 2 ** 32
}

/** Roughly normal, deviation 0.5: four bytes of one random number added, their mean taken away. */
function bell(bits: number): number {
  const sum = (bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24)
  return (sum / 255 - 2) * 0.87
}

/** Everything random about one picture except its grain. Neither colours nor brightness tell the class. */
function sceneOf(random: Random, size: number, label: number) {
  const [, figure] = FIGURES[label % FIGURES.length] as (typeof FIGURES)[number]
  const turn = random(0, 2 * Math.PI)
  const radius = size * random(0.26, 0.42)
  const [cx, cy] = [size * random(0.4, 0.6), size * random(0.4, 0.6)]
  const [cos, sin] = [Math.cos(turn) / radius, Math.sin(turn) / radius]
  const period = Math.max(3.2, size * random(0.085, 0.13))
  return {
    inside: (x: number, y: number) => figure((x - cx) * cos + (y - cy) * sin, (y - cy) * cos - (x - cx) * sin),
    patches: Array.from({ length: Math.floor(random(2, 5)) }, () => patchOf(random, size)),
    stripes: waveOf(random, period),
    dots: dotsOf(random, period * random(0.95, 1.3)),
    light: lightOf(random, size),
    colours: coloursOf(random),
    noise: random(0.02, 0.08),
  }
}

/** A small disc in which figure and ground change places: one pixel alone says little. */
function patchOf(random: Random, size: number) {
  const [x0, y0, r] = [size * random(0, 1), size * random(0, 1), size * random(0.05, 0.1)]
  return (x: number, y: number) => (x - x0) ** 2 + (y - y0) ** 2 < r * r
}

function waveOf(random: Random, period: number) {
  const [angle, phase, k] = [random(0, Math.PI), random(0, 2 * Math.PI), (2 * Math.PI) / period]
  const [a, b] = [k * Math.cos(angle), k * Math.sin(angle)]
  return (x: number, y: number) => Math.sin(a * x + b * y + phase)
}

function dotsOf(random: Random, period: number) {
  const [angle, p, q, k] = [random(0, Math.PI), random(0, 2 * Math.PI), random(0, 2 * Math.PI), (2 * Math.PI) / period]
  const [a, b] = [k * Math.cos(angle), k * Math.sin(angle)]
  return (x: number, y: number) => 1.5 * Math.sin(a * x + b * y + p) * Math.sin(a * y - b * x + q)
}

/** A slope of brightness across the picture. */
function lightOf(random: Random, size: number) {
  const [strength, angle] = [random(0, 0.25), random(0, 2 * Math.PI)]
  const [a, b] = [strength * Math.cos(angle), strength * Math.sin(angle)]
  return (x: number, y: number) => 1 + a * (x / size - 0.5) + b * (y / size - 0.5)
}

/** Two colours that differ clearly, used by both textures. */
function coloursOf(random: Random): readonly [Rgb, Rgb] {
  const colour = (): Rgb => [random(0, 1), random(0, 1), random(0, 1)]
  for (;;) {
    const [a, b] = [colour(), colour()]
    if (a.reduce((sum, value, c) => sum + Math.abs(value - (b[c] as number)), 0) >= 1.2) return [a, b]
  }
}
