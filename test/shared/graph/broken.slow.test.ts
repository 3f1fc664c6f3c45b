import fc from 'fast-check'
import { expect, it } from 'vitest'
import { print } from '../../../src/shared/document/file.js'
import { parse } from '../../../src/shared/document/file.js'
import { AppError, plainIssue } from '../../../src/shared/errors.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import type { Analysis } from '../../../src/shared/graph/graph.js'
import { brokenDocument } from '../broken-document.js'
import { hostileDocument } from '../hostile-document.js'
import { randomDocument } from '../random-graph.js'

const CASES = 5_000

/** Numbers of a broken net that no count can be. */
function wrongNumbers({ nodes, origins, parameters, multiplyAdds }: Analysis): readonly number[] {
  const facts = [...Object.values(nodes), ...Object.values(origins)]
  const numbers = [...facts, { parameters: parameters.total, trainable: parameters.trainable, multiplyAdds }]
    .flatMap((fact) => [fact.parameters, fact.trainable, fact.multiplyAdds])
    .concat(facts.flatMap(({ output }) => (output ?? []).map((extent) => extent ?? 1)))
  return numbers.filter((number) => !Number.isSafeInteger(number) || number < 0)
}

it('finds what was broken in a sound net, where it was broken, and counts nothing wrong', () => {
  const codes: Record<string, number> = {}
  let cases = 0
  fc.assert(
    fc.property(brokenDocument, ({ document, code, node }) => {
      cases++
      const analysis = analyze(document)
      const found = analysis.issues.filter((issue) => issue.code === code)
      expect({ code, node, found: found.some(({ where }) => node === undefined || where.node === node) }).toEqual({
        code,
        node,
        found: true,
      })
      expect(analysis.issues.some(({ severity }) => severity === 'error')).toBe(true)
      const lost = analysis.issues.filter(({ where }) => where.node !== undefined && !document.nodes[where.node])
      expect(lost).toEqual([])
      expect(wrongNumbers(analysis)).toEqual([])
      codes[code] = (codes[code] ?? 0) + 1
    }),
    { seed: 11, numRuns: CASES },
  )
  expect(Object.keys(codes)).toHaveLength(11)
  console.log(`cases=${cases} ${JSON.stringify(codes)}`)
})

it('knows every part of the sound rest: what the broken node does not feed keeps its numbers', () => {
  let kept = 0
  fc.assert(
    fc.property(brokenDocument, ({ document, node, sound }) => {
      if (node === undefined) return
      const before = analyze(sound)
      const { nodes } = analyze(document)
      const behind = new Set([node, ...Object.keys(document.nodes).filter((id) => !before.origins[id])])
      for (const { id, origin, inputs } of before.graph.nodes) {
        const isBehind = behind.has(origin) || inputs.some((from) => behind.has(from.split('/')[0]!))
        if (isBehind) behind.add(origin)
        else {
          expect(nodes[id]).toEqual(before.nodes[id])
          kept++
        }
      }
    }),
    { seed: 12, numRuns: 1_000 },
  )
  expect(kept).toBeGreaterThan(3_000)
  console.log(`cases=${kept} layers`)
})

it('reads or refuses hostile documents from a file, and knows the same of them as of those in memory', () => {
  const outcomes = { read: 0, refused: 0 }
  fc.assert(
    fc.property(hostileDocument, (document) => {
      try {
        const read = parse(JSON.stringify(document))
        expect(analyze(read).issues.map(plainIssue)).toEqual(analyze(structuredClone(read)).issues.map(plainIssue))
        outcomes.read++
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        expect(error.hint).not.toBe('')
        outcomes.refused++
      }
    }),
    { seed: 13, numRuns: CASES },
  )
  expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(100)
  console.log(`cases=${CASES} ${JSON.stringify(outcomes)}`)
})

it('reads or refuses whatever a text editor leaves of a file, and says what is wrong', () => {
  const outcomes = { read: 0, refused: 0 }
  for (let seed = 0; seed < CASES; seed++) {
    const text = print(randomDocument(seed % 50))
    const [at, length] = [(seed * 7919) % text.length, seed % 13]
    const scraps = ['', '"', '}', '{', ',', 'null', '-1', '1e999', '9007199254740993', '"a"', '\\', '[', 'x']
    const edited = text.slice(0, at) + scraps[seed % scraps.length]! + text.slice(at + length)
    try {
      analyze(parse(edited))
      outcomes.read++
    } catch (error) {
      expect({ edited, error: error instanceof AppError && error.hint !== '' }).toEqual({ edited, error: true })
      outcomes.refused++
    }
  }
  expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(100)
  console.log(`cases=${CASES} ${JSON.stringify(outcomes)}`)
})
