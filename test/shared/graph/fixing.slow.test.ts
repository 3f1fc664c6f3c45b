import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Document } from '../../../src/shared/document/document.js'
import type { Issue } from '../../../src/shared/errors.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { brokenDocument } from '../broken-document.js'
import { validDocument } from '../random-graph.js'

const CASES = 5_000

/** What names a problem: its words may change with what else is mended. */
const nameOf = ({ severity, code, where }: Issue) =>
  [severity, code, where.inner ?? where.node, where.input, where.param].join(' ')

/** Names of problems that are in one list more often than in another. */
function more(these: readonly Issue[], those: readonly Issue[]): readonly string[] {
  const left = those.map(nameOf)
  return these.map(nameOf).filter((name) => {
    const at = left.indexOf(name)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

/** What each fix of a document leaves undone or breaks. */
function faultsOfFixes(document: Document, counts: Record<string, number>): readonly unknown[] {
  const before = analyze(document).issues
  return before.flatMap((issue) => {
    if (!issue.fix) return []
    counts[issue.code] = (counts[issue.code] ?? 0) + 1
    const after = analyze(issue.fix.command(document)).issues
    const added = more(after, before).filter((name) => name.startsWith('error'))
    const gone = more(before, after).includes(nameOf(issue))
    return added.length === 0 && gone ? [] : [{ fix: issue.fix.title, issue: nameOf(issue), gone, added }]
  })
}

it('every fix of a hint takes the hint away and adds no error', () => {
  let cases = 0
  fc.assert(
    fc.property(validDocument, (document) => {
      const before = analyze(document)
      for (const hint of before.hints) {
        if (!hint.fix) continue
        cases++
        const after = analyze(hint.fix.command(document))
        const added = more(after.issues, before.issues).filter((name) => name.startsWith('error'))
        const gone = more(before.hints, after.hints).includes(nameOf(hint))
        const told = { hint: nameOf(hint), fix: hint.fix.title }
        expect({ ...told, added, gone }).toEqual({ ...told, added: [], gone: true })
      }
    }),
    { seed: 14, numRuns: 2_000 },
  )
  expect(cases).toBeGreaterThan(300)
  console.log(`cases=${cases}`)
})

it('every fix of a broken net removes its problem and adds no error', () => {
  const counts: Record<string, number> = {}
  fc.assert(
    fc.property(brokenDocument, ({ document }) => {
      expect(faultsOfFixes(document, counts)).toEqual([])
    }),
    { seed: 15, numRuns: CASES },
  )
  console.log(`cases=${CASES} fixes=${JSON.stringify(counts)}`)
})
