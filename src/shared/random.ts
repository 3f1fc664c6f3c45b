/**
 * Random numbers without state: each is a function of its key (seed, purpose, epoch, step, id, …), so a resumed run
 * needs no generator to be saved and two machines draw the same numbers.
 */

/** What a random number is for; the first value of a key keeps the streams of one seed apart. */
export const PURPOSE = { weights: 1, order: 2, split: 3, augment: 4, dropout: 5, shapes: 6, samples: 7 } as const

const GOLDEN = 0x9e3779b9
const WORD = 4_294_967_296

/** Bijective 32-bit mixer with low bias (Chris Wellons, "Prospecting for Hash Functions", 2018, `lowbias32`). */
function mix(value: number): number {
  let h = value
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d)
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b)
  return h ^ (h >>> 16)
}

/** Unsigned 32-bit hash of integers within ±2^53; order matters, and the mixer runs between any two values. */
export function hash(...ints: number[]): number {
  let h = GOLDEN
  for (let i = 0; i < ints.length; i++) {
    const value = ints[i] as number
    // Values are mixed on their own first: keys that differ by one must not become neighbours in the state.
    h = mix(h ^ mix((value | 0) + Math.imul(i + 1, GOLDEN)))
    const high = Math.floor(value / WORD) | 0
    if (high !== 0) h = mix(h ^ mix(high ^ GOLDEN))
  }
  return mix(h + ints.length) >>> 0
}

/** Uniform number in [0, 1) with 32 random bits. */
export function uniform(...ints: number[]): number {
  return hash(...ints) / WORD
}

/** Standard normal number (Box and Muller, 1958); magnitude below 6.7. */
export function normal(...ints: number[]): number {
  const base = hash(...ints)
  const radius = Math.sqrt(-2 * Math.log((hash(base, 1) + 1) / WORD))
  return radius * Math.cos((2 * Math.PI * hash(base, 2)) / WORD)
}

/** A random order of 0 … count-1 (Fisher and Yates); the key names the draw, for example (seed, epoch). */
export function shuffle(count: number, ...key: number[]): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i)
  const base = hash(...key)
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(uniform(base, i) * (i + 1))
    const kept = order[i] as number
    order[i] = order[j] as number
    order[j] = kept
  }
  return order
}
