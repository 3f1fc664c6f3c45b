import fc from 'fast-check'
import { expect, it } from 'vitest'
import { decimate } from '../../../src/renderer/charts/decimate.js'

const column = (...values: number[]) => Float64Array.from(values)

it('keeps a short line as it is', () => {
  expect(decimate(column(1, 2, 3), [column(5, NaN, 7)], 10)).toEqual({ x: [1, 2, 3], ys: [[5, undefined, 7]] })
})

it('keeps the extremes of each bucket in the order they came, and the last row', () => {
  const x = column(0, 1, 2, 3, 4, 5, 6, 7, 8)
  const y = column(3, 9, 1, 4, 0, 2, 8, 5, 6)
  expect(decimate(x, [y], 2)).toEqual({ x: [0, 3, 4, 7, 8], ys: [[9, 1, 0, 8, 6]] })
})

it('never loses the smallest, the largest or the last value, and never costs more than the width', () => {
  let cases = 0
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 400 }),
      fc.integer({ min: 1, max: 40 }),
      (values, buckets) => {
        cases++
        const x = Float64Array.from(values, (_, i) => 3 * i)
        const rows = decimate(x, [Float64Array.from(values)], buckets)
        const kept = rows.ys[0]!
        expect(Math.max(...(kept as number[]))).toBe(Math.max(...values))
        expect(Math.min(...(kept as number[]))).toBe(Math.min(...values))
        expect([rows.x.at(-1), kept.at(-1)]).toEqual([x.at(-1), values.at(-1)])
        expect(rows.x.length).toBe(kept.length)
        expect(rows.x.length).toBeLessThanOrEqual(2 * buckets + 3)
        expect(rows.x.every((value, i) => i === 0 || value > rows.x[i - 1]!)).toBe(true)
      },
    ),
  )
  console.log(`cases=${cases}`)
  expect(cases).toBe(100)
})
