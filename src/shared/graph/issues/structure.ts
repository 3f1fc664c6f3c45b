import { removeNodes } from '../../document/commands.js'
import type { Document } from '../../document/document.js'
import { holdsHead } from '../../document/own-blocks.js'
import type { Issue, Where } from '../../errors.js'
import { channelsOf } from '../../layers/shapes.js'
import type { Joint, Wiring } from '../wiring.js'
import type { HeadFacts } from '../graph.js'

/** Problems of the net as a whole: inputs, heads, and outputs that nobody uses. */
export function structureIssues(document: Document, wiring: Wiring, heads: readonly HeadFacts[]): readonly Issue[] {
  // The inside of a block has its own rules, and all that is wrong with it is known from opening it.
  if (document.within) return []
  return [...inputIssues(wiring), ...headIssues(heads), ...(heads.length > 0 ? deadEnds(document, wiring) : [])]
}

function problem(severity: Issue['severity'], code: string, message: string, hint: string, where: Where = {}): Issue {
  return { severity, code, message, hint, where }
}

function inputIssues({ joints }: Wiring): readonly Issue[] {
  const ids = [...joints.values()].flatMap(({ id, type }) => (type === 'input' ? [id] : []))
  if (ids.length === 0) {
    return [problem('error', 'graph/no-input', 'The net has no input.', 'Add an input and wire it to the first layer.')]
  }
  return ids.slice(1).map((node) => {
    const message = `The net has ${ids.length} inputs, ${ids.join(' and ')}.`
    return problem('error', 'graph/several-inputs', message, 'Keep one: every image enters at one place.', { node })
  })
}

function headIssues(heads: readonly HeadFacts[]): readonly Issue[] {
  if (heads.length === 0) {
    const hint = 'Add a head behind the dense layer with one unit per class.'
    return [problem('error', 'graph/no-head', 'The net has no head, so there is nothing to train for.', hint)]
  }
  const issues: Issue[] = []
  const known = heads.filter((head) => head.shape !== undefined && head.predicts === 'classes')
  const one = known[0]
  for (const { id, origin, shape } of known) {
    const classes = channelsOf(shape!)
    const where = id === origin ? { node: id } : { node: origin, inner: id }
    if (classes < 2) {
      const hint = 'Give the dense layer in front of it one unit per class.'
      issues.push(problem('warning', 'head/one-class', `${id} has one class, so it is always right.`, hint, where))
    } else if (classes !== channelsOf(one!.shape!)) {
      const message = `${id} has ${classes} classes, but ${one!.id} has ${channelsOf(one!.shape!)}.`
      const hint = 'All heads learn the same labels; give the dense layers in front of them equal units.'
      issues.push(problem('warning', 'head/class-counts', message, hint, where))
    }
  }
  if (heads.every((head) => head.weight === 0)) {
    const hint = 'Give at least one head a weight above 0.'
    issues.push(problem('warning', 'head/no-weight', 'All heads have loss weight 0, so nothing is learned.', hint))
  }
  return issues
}

/** Outputs that nobody uses, each with the fix to remove its node. */
export function deadEnds(document: Document, { joints }: Wiring): readonly Issue[] {
  return [...joints.values()].filter(isDeadEnd).map(({ id: node, type }) => {
    const hint = 'Wire it to another layer or to a head, or remove it.'
    const issue = problem('warning', 'graph/dead-end', `Nothing uses the output of ${node}.`, hint, { node })
    // Without its input a net has a worse problem, and a block may be there for the heads inside it.
    if (type === 'input' || holdsHead(document, type)) return issue
    return { ...issue, fix: { title: `Remove ${node}`, command: removeNodes([node]) } }
  })
}

/** Whether the output of some node is not used. */
export function hasDeadEnds({ joints }: Wiring): boolean {
  return [...joints.values()].some(isDeadEnd)
}

/** A node without inputs is reported as not connected already. */
function isDeadEnd({ kind, isUsed, feeds }: Joint): boolean {
  if (!kind?.hasOutput || isUsed) return false
  return kind.inputs === 'none' || feeds.some((feed) => feed !== undefined)
}
