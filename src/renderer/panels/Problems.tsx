import { CircleAlert, CircleCheck, CircleQuestionMark, Lightbulb, TriangleAlert, Wand2 } from 'lucide-react'
import type { Issue } from '../../shared/errors.js'
import { groupHints } from '../../shared/graph/hints/group.js'
import { nodeTitle } from '../catalogue/names.js'
import { analysisOf } from '../stores/analysis.js'
import { editRoot, useRoot } from '../stores/document.js'
import { showHelp } from '../stores/help.js'
import { setFolded } from '../stores/settings.js'
import { Button, IconButton } from '../ui/Button.js'
import { withTimes } from '../ui/format.js'
import { EmptyState } from '../ui/EmptyState.js'
import { showPlace } from './show-place.js'

/** Everything that keeps the net from working, with numbers, and where one is known a fix. */
export function ProblemsPanel() {
  const document = useRoot()
  if (!document) return <EmptyState icon={CircleCheck} title="Problems of the net will be listed here" />
  const analysis = analysisOf(document)
  const { issues, hints, heads } = analysis
  if (issues.length + hints.length === 0) {
    return (
      <EmptyState icon={CircleCheck} title="No problems">
        Every shape fits, and every wire leads to {heads.length === 1 ? 'its head' : `all ${heads.length} heads`}.
      </EmptyState>
    )
  }
  const sorted = [...issues].sort((a, b) => a.severity.localeCompare(b.severity))
  return (
    <div className="problems">
      {issues.length > 0 && (
        <ul aria-label="Problems">
          {sorted.map((issue, index) => (
            <Problem key={index} issue={issue} title={titleOf(issue, document.nodes)} />
          ))}
        </ul>
      )}
      <Hints hints={hints} nodes={document.nodes} />
    </div>
  )
}

/** Advice on designs that work, below the problems: one line for each kind. */
function Hints({ hints, nodes }: { readonly hints: readonly Issue[]; readonly nodes: Nodes }) {
  if (hints.length === 0) return undefined
  return (
    <>
      <h2 className="section-title problems-title" id="hints-title">
        Hints
      </h2>
      <ul aria-labelledby="hints-title">
        {groupHints(hints).map(({ first, more, fix }) => {
          const others = more.length > 0 && `So at ${more.length} more.`
          const issue = { ...first, hint: `${first.hint}${others ? ` ${others}` : ''}`, ...(fix && { fix }) }
          return <Problem key={first.code} issue={issue} title={titleOf(first, nodes)} />
        })}
      </ul>
    </>
  )
}

type Nodes = Readonly<Record<string, { readonly type: string }>>
const SIGNS = { error: CircleAlert, warning: TriangleAlert, info: Lightbulb }

function Problem({ issue, title }: { readonly issue: Issue; readonly title: string | undefined }) {
  const Sign = SIGNS[issue.severity]
  const { fix } = issue
  return (
    <li className={`problem problem-${issue.severity}`}>
      <button
        type="button"
        className="problem-main"
        onClick={() => showPlace(issue.where)}
        disabled={issue.where.node === undefined}
      >
        <Sign size={16} strokeWidth={1.5} aria-label={issue.severity === 'info' ? 'hint' : issue.severity} />
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
      {title !== undefined && (
        <IconButton icon={CircleQuestionMark} label={`Help on ${title}`} onPress={() => helpOn(issue)} />
      )}
    </li>
  )
}

/** Select the node of a problem, and show what it is for and what it needs. */
function helpOn(issue: Issue): void {
  showPlace(issue.where)
  setFolded('inspector', false)
  showHelp()
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
