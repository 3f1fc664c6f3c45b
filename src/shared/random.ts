/**
 * Random numbers without state: every choice is a function of whole numbers such as (seed, purpose, epoch, step, id), so a
 * run can be repeated or resumed without replaying it.
 */

/** What a random number is for; keeps streams of one seed apart. */
export const PURPOSE = { weights: 1, order: 2, split: 3, augment: 4, dropout: 5, shapes: 6, samples: 7 } as const

/** A well mixed 32-bit number (0 to 2³²−1) of whole numbers; MurmurHash3 x86 32 (Appleby, 2011) over them as 32-bit words. */
export function hash(...words: readonly number[]): number {
  let h = 0
  for (const word of words) {
    let k = Math.imul(word, 0xcc9e2d51)
    k = (k << 15) | (k >>> 17)
    h ^= Math.imul(k, 0x1b873593)
    h = (h << 13) | (h >>> 19)
    h = (Math.imul(h, 5) + 0xe6546b64) | 0
  }
  h ^= words.length * 4
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** A number in [0, 1), evenly spread, of whole numbers. */
export function uniform(...words: readonly number[]): number {
  return hash(...words) / 0x1_0000_0000
}

/** A number of the standard normal distribution, of whole numbers (Box and Muller, 1958). */
export function normal(...words: readonly number[]): number {
  const radius = Math.sqrt(-2 * Math.log(1 - uniform(...words, 0)))
  return radius * Math.cos(2 * Math.PI * uniform(...words, 1))
}

/** The numbers 0 to count−1 in an order that is a function of the key (Fisher and Yates, as Durstenfeld, 1964). */
export function shuffle(count: number, ...key: readonly number[]): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(uniform(...key, i) * (i + 1))
    const kept = order[i] as number
    order[i] = order[j] as number
    order[j] = kept
  }
  return order
}
