import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { LAYOUT, layoutGraph, type LayoutGraph } from '../../../src/shared/graph/layout.js'
import { layersOf } from '../../../src/shared/graph/layers-of.js'

/** A graph from lines like `c: a b`. */
function graph(...lines: readonly string[]): LayoutGraph {
  const rows = lines.map((line) => line.split(/[: ]+/).filter(Boolean))
  return { ids: rows.map(([id]) => id!), inputs: new Map(rows.map(([id, ...from]) => [id!, from])) }
}

const PITCH = { x: LAYOUT.width + LAYOUT.gapX, y: LAYOUT.height + LAYOUT.gapY }

it('puts a chain in one row and branches below each other', () => {
  expect(Object.fromEntries(layoutGraph(graph('a', 'b: a', 'c: a', 'd: b c')))).toEqual({
    a: [0, PITCH.y / 2],
    b: [PITCH.x, 0],
    c: [PITCH.x, PITCH.y],
    d: [2 * PITCH.x, PITCH.y / 2],
  })
})

it('keeps the line straight where a wire skips it, with room above for the arc', () => {
  const places = layoutGraph(graph('a', 'b: a', 'c: b', 'add: c a', 'd: add'))
  const heights = ['a', 'b', 'c', 'add', 'd'].map((id) => places.get(id)?.[1])
  expect(heights).toEqual([PITCH.y, PITCH.y, PITCH.y, PITCH.y, PITCH.y])
})

it('wraps a long net where one wire crosses, and starts again at the left', () => {
  const ids = Array.from({ length: 20 }, (_, i) => `n${i}`)
  const places = layoutGraph({ ids, inputs: new Map(ids.slice(1).map((id, i) => [id, [ids[i]!]])) })
  const rows = new Map<number, number>()
  for (const [, y] of places.values()) rows.set(y, (rows.get(y) ?? 0) + 1)
  expect([...rows.values()]).toEqual([7, 7, 6])
})

it('places a circle too, and ids that nothing feeds', () => {
  expect(
    layersOf(
      ['a', 'b', 'c'],
      new Map([
        ['a', ['b']],
        ['b', ['a']],
        ['c', ['ghost']],
      ]),
    )
      .flat()
      .sort(),
  ).toEqual(['a', 'b', 'c'])
  expect(layoutGraph(graph('a: b', 'b: a', 'c')).size).toBe(3)
})

/** Node i is fed by some of the nodes before it. */
const graphs = fc
  .array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 1, maxLength: 60 })
  .map((feeds): LayoutGraph => {
    const ids = feeds.map((_, i) => `n${i}`)
    const inputs = feeds.map((from, i) => [`n${i}`, i === 0 ? [] : [...new Set(from.map((f) => `n${f % i}`))]] as const)
    return { ids, inputs: new Map(inputs) }
  })

it('never lets two nodes overlap, and leads wires forward within a row', () => {
  let cases = 0
  fc.assert(
    fc.property(graphs, ({ ids, inputs }) => {
      cases++
      const places = layoutGraph({ ids, inputs })
      expect(places.size).toBe(ids.length)
      const taken = [...places.values()]
      const overlapping = taken.filter((a, i) =>
        taken.some((b, j) => j > i && Math.abs(a[0] - b[0]) < LAYOUT.width && Math.abs(a[1] - b[1]) < LAYOUT.height),
      )
      expect(overlapping).toEqual([])
      expect(taken.every(([x, y]) => x % 4 === 0 && y % 4 === 0 && x >= 0 && y >= 0)).toBe(true)
    }),
    { numRuns: 300 },
  )
  console.log(`cases=${cases}`)
})
