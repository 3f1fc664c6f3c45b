import type { Document } from '../../document/document.js'
import type { Issue } from '../../errors.js'
import { expansionOf } from '../expand.js'
import { headsOf } from '../heads.js'
import { misfitCodes } from '../issues/misfits.js'
import { structureIssues } from '../issues/structure.js'
import type { Broken, Fix, Proposals } from './fix.js'
import { wasHidden } from './hidden.js'
import {
  mismatch,
  openLength,
  tooManyInputs,
  tooSmall,
  wrongCount,
  wrongGroups,
  wrongPadding,
  wrongRange,
  wrongRank,
  wrongWeights,
} from './shapes.js'
import { circle, classCounts, noHead, noInput, notConnected, noWeight, severalInputs } from './structure.js'

/** What may mend an issue, by its code. */
const PROPOSALS: Readonly<Record<string, Proposals>> = {
  'shape/rank': wrongRank,
  'shape/open': openLength,
  'shape/mismatch': mismatch,
  'shape/too-small': tooSmall,
  'shape/padding': wrongPadding,
  'shape/groups': wrongGroups,
  'shape/size': wrongCount,
  'shape/class-weights': wrongWeights,
  'shape/value-range': wrongRange,
  'shape/inputs': tooManyInputs,
  'graph/no-head': noHead,
  'graph/no-input': noInput,
  'graph/several-inputs': severalInputs,
  'graph/not-connected': notConnected,
  'graph/cycle': circle,
  'head/class-counts': classCounts,
  'head/one-class': classCounts,
  'head/no-weight': noWeight,
}

/** Layers that may be looked at while fixes are tried out, so that a broken net is analysed as fast as a sound one. */
const BUDGET = 20_000

/**
 * Offer a command with each issue that has an obvious mend. A proposal is carried out on the side first: only one that
 * removes its issue and adds no error is offered; an error that was there, hidden by the issue, is none that is added. That takes longer than the analysis, so it is done for all issues at once
 * when the first of them is asked for its fix.
 */
export function withFixes(issues: readonly Issue[], broken: Broken): readonly Issue[] {
  const isOpen = issues.map(({ code, where, fix }) => !fix && where.block === undefined && code in PROPOSALS)
  if (!isOpen.includes(true)) return issues
  let found: readonly (Fix | undefined)[] | undefined
  const fixAt = (at: number) => (found ??= fixesOf(issues, isOpen, broken))[at]
  return issues.map((issue, at) => (isOpen[at] ? fixedLater(issue, () => fixAt(at)) : issue))
}

function fixedLater(issue: Issue, fix: () => Fix | undefined): Issue {
  return Object.defineProperty({ ...issue }, 'fix', { get: fix, enumerable: true })
}

/**
 * By place the first proposal for each open issue that mends it and leaves nothing new; else the first that uncovers errors which the
 * issue hid (`wasHidden`), and says so.
 */
function fixesOf(issues: readonly Issue[], isOpen: readonly boolean[], broken: Broken): readonly (Fix | undefined)[] {
  let left = Math.max(2, Math.min(30, Math.floor(BUDGET / (broken.expansion.nodes.length + 1))))
  const before = problemsOf(broken, broken.document).map(nameOf)
  return issues.map((issue, at) => {
    if (!isOpen[at] || left <= 0) return undefined
    let second: Fix | undefined
    for (const fix of PROPOSALS[issue.code]!(issue, broken)) {
      if (left-- <= 0) break
      const uncovered = uncoveredBy(issue, fix, broken, before)
      if (uncovered === 0) return fix
      if (uncovered !== undefined) second ??= { ...fix, title: `${fix.title} (${uncoveredWords(uncovered)})` }
    }
    return second
  })
}

/** What is said of errors that show once the one before them is gone. */
function uncoveredWords(count: number): string {
  return count === 1 ? '1 error behind it shows then' : `${count} errors behind it show then`
}

/** How many errors a fix uncovers; `undefined` if it does not remove its issue, or adds an error. */
function uncoveredBy(issue: Issue, { command }: Fix, broken: Broken, before: readonly string[]): number | undefined {
  const document = command(broken.document)
  const expansion = expansionOf(document, undefined, broken.ports)
  const after = problemsOf({ expansion }, document)
  const left = new Map<string, number>()
  for (const name of before) left.set(name, (left.get(name) ?? 0) + 1)
  const added = after.filter((other) => {
    const [name, { severity }] = [nameOf(other), other]
    const count = left.get(name) ?? 0
    left.set(name, count - 1)
    return count <= 0 && severity !== 'warning'
  })
  if ((left.get(nameOf(issue)) ?? 0) <= 0) return undefined
  return added.every(({ where }) => wasHidden(where, issue, broken, { document, expansion })) ? added.length : undefined
}

/** Problems as far as they are found quickly: without the sizes that a net takes. */
function problemsOf({ expansion }: Pick<Broken, 'expansion'>, document: Document) {
  const structure = structureIssues(document, expansion.wiring, headsOf(document, expansion))
  return [...expansion.issues, ...misfitCodes(expansion), ...structure]
}

/** Severity, code and place: the words of a problem may change with what else is mended. */
function nameOf({ severity, code, where }: Pick<Issue, 'severity' | 'code' | 'where'>): string {
  return [severity, code, where.inner ?? where.node, where.input, where.param].join(' ')
}
