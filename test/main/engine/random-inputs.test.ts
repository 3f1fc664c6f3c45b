import { expect, it } from 'vitest'
import { fillRandom } from '../../../src/main/engine/random-inputs.js'

function filled(name: string, seed: number, step: number): Float32Array {
  const out = new Float32Array(20_000)
  fillRandom(out, name, { seed, step })
  return out
}

it('random inputs depend on name, seed and step, and on nothing else', () => {
  const one = filled('random/drop/0', 1, 5)
  expect(filled('random/drop/0', 1, 5)).toEqual(one)
  for (const other of [filled('random/drop/1', 1, 5), filled('random/drop/0', 2, 5), filled('random/drop/0', 1, 6)]) {
    expect(one.filter((value, i) => value === other[i]).length).toBeLessThan(20)
  }
})

it('random inputs are evenly spread over 0 to below 1', () => {
  const values = filled('random/drop/0', 3, 0)
  const bins = new Float64Array(20)
  for (const value of values) bins[Math.floor(value * 20)]!++
  // Chi-squared with 19 degrees of freedom is below 43.8 in 999 of 1,000 cases.
  expect(bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(43.8)
  expect(Math.max(...values)).toBeLessThan(1)
  expect(Math.min(...values)).toBeGreaterThanOrEqual(0)
})
