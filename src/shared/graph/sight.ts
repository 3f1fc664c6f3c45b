import { commonDivisor } from '../layers/geometry.js'
import { MOST_READS, type Read, type Reading } from '../layers/reading.js'
import type { Sight } from './graph.js'

/** First and last row (or column) of the image that a place sees; none for a place that sees nothing. */
export type Seen = readonly [first: number, last: number] | undefined

/**
 * What a place of a layer sees of the image along one side. Example: behind a 3x3 convolution and repeated pixels (factor 2) places 4
 * and 5 both see rows 1 to 3.
 */
export function seenAt(sight: Sight, place: number): Seen {
  const { size, stride, first, places } = sight
  if (!places) return [first + place * stride, first + place * stride + size - 1]
  const round = Math.floor(place / places.length)
  const seen = places[place - round * places.length]
  return seen && moved(seen, round * stepOf(sight))
}

/** Rows of the image that the field moves by until places see alike again. */
function stepOf({ stride, places }: Sight): number {
  return places ? Math.round(stride * places.length) : stride
}

function moved([first, last]: readonly [number, number], by: number): readonly [number, number] {
  return [first + by, last + by]
}

/**
 * What a layer sees of the image that reads along one side what sees `sight` of it. Of windows over even fields (Araujo et al. 2019,
 * section 2): size + (count - 1) gap stride and stride * step. Where fields are uneven, as behind layers that enlarge, it is
 * worked out for each place until they repeat; `undefined` if that is after more than `MOST_READS`.
 */
export function through(sight: Sight, { step, reads }: Reading): Sight | undefined {
  const { size, stride, first, places } = sight
  if (!places && reads.length === 1) {
    const { from, count, gap } = reads[0]!
    return { size: size + (count - 1) * gap * stride, stride: stride * step, first: first + from * stride }
  }
  const period = places?.length ?? 1
  const rounds = period / commonDivisor(period, step)
  const count = reads.length * rounds
  if (count > MOST_READS) return undefined
  const made = Array.from({ length: count }, (_, i) => {
    const read = reads[i % reads.length]!
    return hull(sight, { ...read, from: read.from + Math.floor(i / reads.length) * step })
  })
  return sightOf(made, ((rounds * step) / period) * stepOf(sight))
}

/** From the first to the last row that is seen by any of the places read; where places repeat, the outermost of each kind are enough. */
function hull(sight: Sight, { from, count, gap }: Read): Seen {
  const kinds = Math.min(count, sight.places?.length ?? 1)
  let [first, last] = [Infinity, -Infinity]
  for (let i = 0; i < kinds; i++) {
    first = Math.min(first, seenAt(sight, from + i * gap)?.[0] ?? Infinity)
    last = Math.max(last, seenAt(sight, from + (count - 1 - i) * gap)?.[1] ?? -Infinity)
  }
  return first <= last ? [first, last] : undefined
}

/** A sight of places that see alike again after all of them, `step` rows further; even where all of them do. */
function sightOf(places: readonly Seen[], step: number): Sight {
  const [kinds, move] = shortest(places, step)
  const stride = move / kinds.length
  const one = kinds[0]
  if (kinds.length === 1 && one) return { size: one[1] - one[0] + 1, stride, first: one[0] }
  const size = Math.max(0, ...kinds.map((seen) => (seen ? seen[1] - seen[0] + 1 : 0)))
  const at = Math.max(
    0,
    kinds.findIndex((seen) => seen !== undefined),
  )
  return { size, stride, first: (kinds[at]?.[0] ?? 0) - Math.floor(at * stride), places: kinds }
}

/** The smallest part of the places that repeats, and how far it moves. */
function shortest(places: readonly Seen[], step: number): readonly [readonly Seen[], number] {
  for (let parts = places.length; parts > 1; parts--) {
    if (places.length % parts > 0 || step % parts > 0) continue
    const [length, move] = [places.length / parts, step / parts]
    if (places.every((seen, i) => i < length || isSameSeen(seen, places[i - length], move))) {
      return [places.slice(0, length), move]
    }
  }
  return [places, step]
}

function isSameSeen(a: Seen, b: Seen, move = 0): boolean {
  return a === b
    ? a === undefined || move === 0
    : a?.[0] === (b?.[0] ?? NaN) + move && a?.[1] === (b?.[1] ?? NaN) + move
}

/**
 * What is seen along either of two ways that meet in a layer of `count` places. Where one moves further than the other from place
 * to place, fields are those of each place, and the stride is the larger one; `undefined` if there are too many or unknown.
 */
export function union(a: Sight, b: Sight, count: number | null | undefined): Sight | undefined {
  if (a === b) return a
  const isEven = !a.places && !b.places
  if (isEven && a.stride === b.stride) {
    const first = Math.min(a.first, b.first)
    return { size: Math.max(a.first + a.size, b.first + b.size) - first, stride: a.stride, first }
  }
  const [one, other] = [a.places?.length ?? 1, b.places?.length ?? 1]
  const both = (one / commonDivisor(one, other)) * other
  const isAlike = stepOf(a) * other === stepOf(b) * one
  const places = isAlike ? both : count
  if (typeof places !== 'number' || places > MOST_READS) return undefined
  const made = Array.from({ length: places }, (_, place): Seen => {
    const [x, y] = [seenAt(a, place), seenAt(b, place)]
    return x && y ? [Math.min(x[0], y[0]), Math.max(x[1], y[1])] : (x ?? y)
  })
  return sightOf(made, isAlike ? (both / one) * stepOf(a) : Math.round(Math.max(a.stride, b.stride) * places))
}

/** The effective stride in px, `16`, `0.5` or `2x1.33`, to hundredths. */
export function strideText(field: readonly [rows: Sight, columns: Sight]): string {
  const [rows, columns] = field.map(({ stride }) => String(Math.round(stride * 100) / 100))
  return rows === columns ? rows! : `${rows}x${columns}`
}

/** Whether two sights are equal. */
export function isSameSight(a: Sight, b: Sight): boolean {
  if (a === b) return true
  if (a.size !== b.size || a.stride !== b.stride || a.first !== b.first) return false
  if (a.places?.length !== b.places?.length) return false
  return a.places?.every((seen, i) => isSameSeen(seen, b.places?.[i])) ?? true
}
