import { Maximize2 } from 'lucide-react'
import { setParam } from '../../../shared/document/commands.js'
import type { Document, DocumentNode } from '../../../shared/document/document.js'
import { kindOf } from '../../../shared/document/kinds.js'
import type { Issue } from '../../../shared/errors.js'
import type { Analysis } from '../../../shared/graph/graph.js'
import { FamilyIcon } from '../../catalogue/FamilyIcon.js'
import { nodeTitle } from '../../catalogue/names.js'
import { edit } from '../../stores/document.js'
import { enterBlock, useView } from '../../stores/view.js'
import { Button } from '../../ui/Button.js'
import { grouped, percent, shapeWords, withTimes } from '../../ui/format.js'
import { Prose } from '../../ui/Prose.js'
import { FieldForm } from './FieldForm.js'
import { Figures } from './Figures.js'
import { NameField } from './NameField.js'
import { WiresForm } from './WiresForm.js'

interface Props {
  readonly id: string
  readonly document: Document
  readonly analysis: Analysis
}

/** One node: what it does, its name and settings, and what it costs. */
export function NodeInspector({ id, document, analysis }: Props) {
  const node = document.nodes[id] as DocumentNode
  const kind = kindOf(node.type)
  const inside = useView((s) => s.inside)
  const issues = analysis.issues.filter((issue) => issue.where.node === id)
  return (
    <>
      <header className="inspector-head">
        <FamilyIcon type={node.type} />
        <h2 title={nodeTitle(id, node.type)}>{nodeTitle(id, node.type)}</h2>
      </header>
      <p className="inspector-doc">
        <Prose text={kind?.doc ?? `This version does not know the type ${node.type}. It is kept as it is.`} />
      </p>
      <Issues issues={issues} />
      <NameField id={id} document={document} />
      {kind && (
        <FieldForm
          fields={kind.params}
          values={node.params}
          onChange={(name, value) => edit(setParam(id, name, value), `param/${id}/${name}`)}
        />
      )}
      <WiresForm id={id} document={document} />
      <NodeFigures id={id} document={document} analysis={analysis} />
      {kind?.isBlock && inside !== id && (
        <Button wide icon={Maximize2} onPress={() => enterBlock(id)}>
          Open block
        </Button>
      )}
    </>
  )
}

function NodeFigures({ id, document, analysis }: Props) {
  const facts = analysis.origins[id]
  if (!facts) return undefined
  const inputs = document.wires
    .filter((wire) => wire.to === id)
    .sort((a, b) => a.input - b.input)
    .map((wire) => analysis.origins[wire.from]?.output)
  const known = inputs.flatMap((shape) => (shape ? [shapeWords(shape)] : []))
  const share = analysis.parameters.total > 0 ? percent(facts.parameters / analysis.parameters.total) : undefined
  const work = facts.output && Number.isFinite(facts.multiplyAdds) ? facts.multiplyAdds : undefined
  return (
    <Figures
      title="Numbers"
      rows={[
        ['In', known.length > 0 ? <Lines texts={known} /> : undefined],
        ['Out', facts.output ? shapeWords(facts.output) : 'not known yet'],
        ['Parameters', grouped(facts.parameters)],
        ['of these trainable', facts.trainable === facts.parameters ? undefined : grouped(facts.trainable)],
        ['Share of the net', facts.parameters > 0 ? share : undefined],
        ['Multiply-adds', work === undefined ? undefined : grouped(work)],
        ['Layers inside', facts.layers > 1 ? grouped(facts.layers) : undefined],
      ]}
    />
  )
}

function Lines({ texts }: { readonly texts: readonly string[] }) {
  return texts.map((text, index) => (
    <span key={index} className="figures-line">
      {text}
    </span>
  ))
}

function Issues({ issues }: { readonly issues: readonly Issue[] }) {
  return issues.map((issue, index) => {
    const { fix } = issue
    return (
      <div key={index} className={`callout-issue callout-issue-${issue.severity}`} role="note">
        <p>{withTimes(issue.message)}</p>
        <p className="callout-hint">{withTimes(issue.hint)}</p>
        {fix && <Button onPress={() => edit(fix.command)}>{withTimes(fix.title)}</Button>}
      </div>
    )
  })
}
