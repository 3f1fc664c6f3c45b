import { expect, it } from 'vitest'
import { compare, type Reference } from '../../../src/main/models/verify.js'

const shape = [2, 1, 1, 1] as const
const images = Float32Array.of(0, 1)

/** A program that answers with these rows, cut to the batch it is asked for. */
function judged(expected: readonly number[][], found: readonly number[][]) {
  const reference: Reference = { images, shape, heads: { main: Float32Array.from(expected.flat()) } }
  const answer = async (_images: Float32Array, [count]: Reference['shape']) => [
    Float32Array.from(found.slice(0, count).flat()),
  ]
  return compare('Judge 1', reference, answer)
}

const rows = [
  [0.25, 0.75],
  [0.5, 0.5],
]

it('reports the largest difference of all images', async () => {
  const found = [
    [0.25, 0.75],
    [0.5 + 2 ** -15, 0.5 - 2 ** -15],
  ]
  expect(await judged(rows, found)).toEqual({ judge: 'Judge 1', images: 2, largestDifference: 2 ** -15 })
})

it('refuses more than 1e-4, missing values and what is not a number', async () => {
  const wrong = [
    [
      [0.2502, 0.7498],
      [0.5, 0.5],
    ],
    [
      [0.25, 0.75],
      [0.5002, 0.4998],
    ],
    [
      [0.25, 0.75],
      [NaN, 0.5],
    ],
    [[0.25], [0.5]],
  ]
  for (const found of wrong) await expect(judged(rows, found)).rejects.toMatchObject({ code: 'export/not-equal' })
  console.log(`cases=${wrong.length}`)
})

it('measures against the largest probability, which is small where there are many classes', async () => {
  const even = Array.from({ length: 2 }, () => new Array<number>(1000).fill(0.001))
  const tilted = even.map((row) => row.map((value, i) => value + (i % 2 ? 2e-5 : -2e-5)))
  await expect(judged(even, tilted)).rejects.toMatchObject({ code: 'export/not-equal' })
  expect((await judged(even, even)).largestDifference).toBe(0)
})
