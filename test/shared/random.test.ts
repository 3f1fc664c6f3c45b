import { expect, it } from 'vitest'
import { hash, normal, shuffle, uniform } from '../../src/shared/random.js'

const DRAWS = 20_000
/** As computed when they were chosen. */
const FROZEN = [33350994, 79932096, 499214627, 989747409, 2866936976, 713897161]

it('never changes: a stored seed must give the same run in every version', () => {
  expect([hash(), hash(0), hash(1), hash(1, 2, 3), hash(-1), hash(2 ** 40)]).toEqual(FROZEN)
})

it('depends on every value, on their order and on their number', () => {
  const keys = [
    [],
    [0],
    [0, 0],
    [1],
    [1, 0],
    [0, 1],
    [-1],
    [2 ** 32 - 1],
    [2 ** 32],
    [2 ** 32 + 1],
    [1, 1],
    [2, 1],
    [1, 2],
  ]
  expect(new Set(keys.map((key) => hash(...key))).size).toBe(keys.length)
})

it('flips half of the bits when one bit of any value flips', () => {
  const cases: number[] = []
  for (let place = 0; place < 3; place++) {
    for (let bit = 0; bit < 32; bit++) {
      let flipped = 0
      for (let i = 0; i < 200; i++) {
        const key = [i, 7 * i, 3] as [number, number, number]
        const other = [...key]
        other[place] = (key[place]! ^ (1 << bit)) >>> 0
        flipped += ones(hash(...key) ^ hash(...other))
      }
      cases.push(flipped / 200)
    }
  }
  console.log(`cases=${cases.length}`)
  expect(cases.filter((mean) => mean < 14.5 || mean > 17.5)).toEqual([])
})

it('is spread evenly, and neighbouring keys do not go together', () => {
  const value = Array.from({ length: DRAWS }, (_, i) => uniform(1, i))
  const next = Array.from({ length: DRAWS }, (_, i) => uniform(2, i))
  const bins = new Array<number>(10).fill(0)
  for (const u of value) bins[Math.floor(u * 10)]! += 1
  const chiSquared = bins.reduce((sum, n) => sum + (n - DRAWS / 10) ** 2 / (DRAWS / 10), 0)
  // 27.9 is exceeded once in a thousand by chance at 9 degrees of freedom; these draws never change.
  expect(chiSquared).toBeLessThan(27.9)
  expect(Math.abs(correlation(value, next))).toBeLessThan(0.025)
  expect(Math.abs(correlation(value.slice(1), value.slice(0, -1)))).toBeLessThan(0.025)
})

it('draws standard normal numbers', () => {
  const values = Array.from({ length: DRAWS }, (_, i) => normal(3, i))
  const mean = average(values)
  const variance = average(values.map((v) => (v - mean) ** 2))
  const kurtosis = average(values.map((v) => ((v - mean) / Math.sqrt(variance)) ** 4))
  expect([Math.abs(mean) < 0.03, Math.abs(variance - 1) < 0.04, Math.abs(kurtosis - 3) < 0.15]).toEqual([
    true,
    true,
    true,
  ])
  expect(values.every(Number.isFinite)).toBe(true)
})

it('shuffles: every order of a few things comes about equally often', () => {
  const counts = new Map<string, number>()
  for (let seed = 0; seed < 6_000; seed++) {
    const order = shuffle(3, seed).join('')
    counts.set(order, (counts.get(order) ?? 0) + 1)
  }
  expect([...counts.keys()].sort()).toEqual(['012', '021', '102', '120', '201', '210'])
  expect([...counts.values()].filter((n) => n < 900 || n > 1_100)).toEqual([])
  expect([...shuffle(1_000, 5, 1)].sort((a, b) => a - b)).toEqual(Array.from({ length: 1_000 }, (_, i) => i))
  expect(shuffle(1_000, 5, 1)).not.toEqual(shuffle(1_000, 5, 2))
  expect([shuffle(0, 1), shuffle(1, 1)]).toEqual([new Int32Array(0), Int32Array.of(0)])
})

function ones(word: number): number {
  let count = 0
  for (let rest = word >>> 0; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2
  return count
}

const average = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length

function correlation(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [average(a), average(b)]
  const [sa, sb] = [Math.sqrt(average(a.map((v) => (v - ma) ** 2))), Math.sqrt(average(b.map((v) => (v - mb) ** 2)))]
  return average(a.map((v, i) => (v - ma) * (b[i]! - mb))) / (sa * sb)
}
