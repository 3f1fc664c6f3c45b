import type { Issue } from '../../errors.js'
import { expansionOf } from '../expand.js'
import { headsOf } from '../heads.js'
import { misfitCodes } from '../issues/misfits.js'
import { structureIssues } from '../issues/structure.js'
import type { Broken, Fix, Proposals } from './fix.js'
import { mismatch, tooManyInputs, tooSmall, wrongCount, wrongGroups, wrongRank, wrongWeights } from './shapes.js'
import { circle, classCounts, noHead, noInput, notConnected, noWeight, severalInputs } from './structure.js'

/** What may mend an issue, by its code. */
const PROPOSALS: Readonly<Record<string, Proposals>> = {
  'shape/rank': wrongRank,
  'shape/open': wrongRank,
  'shape/mismatch': mismatch,
  'shape/too-small': tooSmall,
  'shape/padding': tooSmall,
  'shape/groups': wrongGroups,
  'shape/size': wrongCount,
  'shape/class-weights': wrongWeights,
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
 * removes its issue and adds no error is offered. That takes longer than the analysis, so it is done for all issues at once
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

/** By place the first proposal for each open issue that mends it. */
function fixesOf(issues: readonly Issue[], isOpen: readonly boolean[], broken: Broken): readonly (Fix | undefined)[] {
  let left = Math.max(2, Math.min(30, Math.floor(BUDGET / (broken.expansion.nodes.length + 1))))
  const before = problemsOf(broken)
  return issues.map((issue, at) => {
    if (!isOpen[at] || left <= 0) return undefined
    return PROPOSALS[issue.code]!(issue, broken).find((fix) => left-- > 0 && mends(issue, fix, broken, before))
  })
}

function mends(issue: Issue, { command }: Fix, { document, ports }: Broken, before: readonly string[]): boolean {
  const after = problemsOf({ document: command(document), ports })
  const name = nameOf(issue)
  const count = (names: readonly string[]) => names.filter((other) => other === name).length
  if (count(after) >= count(before)) return false
  const old = [...before]
  return after.every((other) => {
    const at = old.indexOf(other)
    if (at >= 0) old.splice(at, 1)
    return at >= 0 || other.startsWith('warning')
  })
}

/** Problems by severity, code and place: their words may change with what else is mended. */
function problemsOf({ document, ports }: Pick<Broken, 'document' | 'ports'>): readonly string[] {
  const expansion = expansionOf(document, undefined, ports)
  const structure = structureIssues(document, expansion.wiring, headsOf(document, expansion))
  return [...expansion.issues, ...misfitCodes(expansion), ...structure].map(nameOf)
}

function nameOf({ severity, code, where }: Pick<Issue, 'severity' | 'code' | 'where'>): string {
  return [severity, code, where.inner ?? where.node, where.input, where.param].join(' ')
}
