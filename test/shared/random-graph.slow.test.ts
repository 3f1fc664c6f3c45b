import { expect, it } from 'vitest'
import { kinds } from '../../src/shared/document/kinds.js'
import { analyze } from '../../src/shared/graph/analyze.js'
import { randomDocument } from './random-graph.js'

const CASES = 1_000

it('grows nets without any issue, with every layer, block and number of heads', () => {
  const types = new Set<string>()
  const heads = new Set<number>()
  for (let seed = 0; seed < CASES; seed++) {
    const document = randomDocument(seed)
    const analysis = analyze(document)
    expect({ seed, issues: analysis.issues }).toEqual({ seed, issues: [] })
    for (const { type } of Object.values(document.nodes)) types.add(type)
    heads.add(analysis.heads.length)
  }
  console.log(`cases=${CASES}`)
  expect([...types].sort()).toEqual(kinds.map(({ type }) => type).sort())
  expect([...heads].sort()).toEqual([1, 2, 3])
})

it('grows the same net from the same seed', () => {
  expect(randomDocument(7)).toEqual(randomDocument(7))
})
