import { CircleAlert, CircleCheck, TriangleAlert, Wand2 } from 'lucide-react'
import type { Issue } from '../../shared/errors.js'
import { nodeTitle } from '../catalogue/names.js'
import { analysisOf } from '../stores/analysis.js'
import { editRoot, useRoot } from '../stores/document.js'
import { Button } from '../ui/Button.js'
import { withTimes } from '../ui/format.js'
import { EmptyState } from '../ui/EmptyState.js'
import { showPlace } from './show-place.js'

/** Everything that keeps the net from working, with numbers, and where one is known a fix. */
export function ProblemsPanel() {
  const document = useRoot()
  if (!document) return <EmptyState icon={CircleCheck} title="Problems of the net will be listed here" />
  const analysis = analysisOf(document)
  if (analysis.issues.length === 0) {
    const heads = analysis.heads.length === 1 ? 'its head' : `all ${analysis.heads.length} heads`
    return (
      <EmptyState icon={CircleCheck} title="No problems">
        Every shape fits, and every wire leads to {heads}.
      </EmptyState>
    )
  }
  const sorted = [...analysis.issues].sort((a, b) => a.severity.localeCompare(b.severity))
  return (
    <ul className="problems" aria-label="Problems">
      {sorted.map((issue, index) => (
        <Problem key={index} issue={issue} title={titleOf(issue, document.nodes)} />
      ))}
    </ul>
  )
}

function Problem({ issue, title }: { readonly issue: Issue; readonly title: string | undefined }) {
  const Sign = issue.severity === 'error' ? CircleAlert : TriangleAlert
  const { fix } = issue
  return (
    <li className={`problem problem-${issue.severity}`}>
      <button
        type="button"
        className="problem-main"
        onClick={() => showPlace(issue.where)}
        disabled={issue.where.node === undefined}
      >
        <Sign size={16} strokeWidth={1.5} aria-label={issue.severity} />
        <span className="problem-text">
          <span>
            {title && <b>{title}</b>} {withTimes(withoutName(issue))}
          </span>
          <span className="problem-hint">{withTimes(issue.hint)}</span>
        </span>
      </button>
      {fix && (
        <Button icon={Wand2} onPress={() => editRoot(fix.command)}>
          {withTimes(fix.title)}
        </Button>
      )}
    </li>
  )
}

/** The message without the id that it begins with: the title stands there. */
function withoutName({ message, where }: Issue): string {
  const name = `${where.node ?? ''} `
  return name !== ' ' && message.startsWith(name) ? message.slice(name.length) : message
}

function titleOf({ where }: Issue, nodes: Readonly<Record<string, { readonly type: string }>>): string | undefined {
  const node = where.node === undefined ? undefined : nodes[where.node]
  return node && where.node !== undefined ? nodeTitle(where.node, node.type) : undefined
}

/** How many problems there are, as a mark on the tab. */
export function ProblemsBadge() {
  const document = useRoot()
  const issues = document ? analysisOf(document).issues : []
  if (issues.length === 0) return undefined
  const worst = issues.some((issue) => issue.severity === 'error') ? 'error' : 'warning'
  return <span className={`badge badge-${worst}`}>{issues.length}</span>
}
