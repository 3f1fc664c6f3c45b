import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Document } from '../../../src/shared/document/document.js'
import type { Issue } from '../../../src/shared/errors.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { shapeOut, type Analysis } from '../../../src/shared/graph/graph.js'
import { brokenDocument, oftenBroken } from '../broken-document.js'
import { validDocument } from '../random-graph.js'

const CASES = 5_000

/** Mends of wires that need no trial where nothing else is wrong. */
const UNTRIED = ['Remove the wire']

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

/** Shapes at the inputs of a node by their numbers, as wires say it; `undefined` where one is not known. */
function shapesInto(document: Document, { origins }: Analysis, id: string) {
  const wires = document.wires.filter(({ to }) => to === id)
  return new Map(wires.map(({ from, output, input }) => [input, shapeOut(origins[from], output)?.join('x')]))
}

/**
 * Whether an error after a fix was there before it: at a node that the fix left alone, which got a shape that was not known, so that
 * nothing could be said of it; or at the node that is mended, between inputs that had the same shapes then, of which it tells the
 * first alone.
 */
function wasThere(error: Issue, mended: Issue, [before, known]: State, [after, now]: State): boolean {
  const { node: id, input = 0 } = error.where
  if (id === undefined || before.nodes[id] !== after.nodes[id]) return false
  const [old, young] = [shapesInto(before, known, id), shapesInto(after, now, id)]
  const isSame = (at: number) => old.get(at) !== undefined && old.get(at) === young.get(at)
  if (id === mended.where.node && input > (mended.where.input ?? 0)) return isSame(0) && isSame(input)
  const wires = ({ wires }: Document) => wires.filter(({ to }) => to === id).map((wire) => JSON.stringify(wire)).sort() // prettier-ignore
  return [...old.values()].includes(undefined) && String(wires(before)) === String(wires(after))
}

type State = readonly [Document, Analysis]

/** What each fix of a document leaves undone or breaks. */
function faultsOfFixes(document: Document, counts: Record<string, number>) {
  const before = analyze(document)
  return before.issues.flatMap((issue) => {
    if (!issue.fix) return []
    const { command, title } = issue.fix
    const mended = command(document)
    const after = analyze(mended)
    const names = more(after.issues, before.issues).filter((name) => name.startsWith('error'))
    const errors = after.issues.filter((other) => names.includes(nameOf(other)))
    const added = errors.filter((error) => !wasThere(error, issue, [document, before], [mended, after])).map(nameOf)
    // Inputs behind a wire that is removed move up, and what is wrong with them moves to their places.
    const isAlike = ({ code, where }: Issue) => code === issue.code && where.node === issue.where.node
    const fewer = after.issues.filter(isAlike).length < before.issues.filter(isAlike).length
    const gone = fewer || more(before.issues, after.issues).includes(nameOf(issue))
    const shown = title.endsWith('then)')
    // Sizes that are too large are not tried out, so that words tell of shapes.
    const told = shown ? errors.length > 0 : !errors.some(({ code }) => code.startsWith('shape/'))
    counts[issue.code] = (counts[issue.code] ?? 0) + 1
    if (shown) counts['uncovering'] = (counts['uncovering'] ?? 0) + 1
    return added.length === 0 && gone && told ? [] : [{ title, issue: nameOf(issue), gone, told, added }]
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

it('every fix of a broken net removes its problem and adds no error; what it uncovers was there, and it says so', () => {
  const counts: Record<string, number> = {}
  fc.assert(
    fc.property(brokenDocument, ({ document }) => {
      expect(faultsOfFixes(document, counts)).toEqual([])
    }),
    { seed: 15, numRuns: CASES },
  )
  console.log(`cases=${CASES} fixes=${JSON.stringify(counts)}`)
})

it('so does every fix of a net with several faults, which hide each other', () => {
  const counts: Record<string, number> = {}
  fc.assert(
    fc.property(oftenBroken, (document) => {
      // Wires that are removed without a trial move others to their places, and what is wrong with them.
      expect(faultsOfFixes(document, counts).filter(({ title }) => !UNTRIED.includes(title))).toEqual([])
    }),
    { seed: 16, numRuns: 2_000 },
  )
  expect(counts['uncovering']).toBeGreaterThan(30)
  console.log(`cases=2000 fixes=${JSON.stringify(counts)}`)
})
