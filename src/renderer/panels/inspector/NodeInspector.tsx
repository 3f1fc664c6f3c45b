import { Maximize2, Ungroup } from 'lucide-react'
import { exposeParam } from '../../../shared/document/block-edits.js'
import { setParam } from '../../../shared/document/commands.js'
import type { Document, DocumentNode, Within } from '../../../shared/document/document.js'
import { freeParamName } from '../../../shared/document/exposures.js'
import { kindIn } from '../../../shared/document/kinds.js'
import { ownName } from '../../../shared/document/own-blocks.js'
import type { Issue } from '../../../shared/errors.js'
import { shapeOut, type Analysis } from '../../../shared/graph/graph.js'
import { FamilyIcon } from '../../catalogue/FamilyIcon.js'
import { nodeTitle } from '../../catalogue/names.js'
import { ungroupSelected } from '../../stores/blocks.js'
import { edit, editRoot, openNode } from '../../stores/document.js'
import type { Place } from '../../stores/place.js'
import { Button } from '../../ui/Button.js'
import { grouped, percent, shapeWords, withTimes } from '../../ui/format.js'
import { Prose } from '../../ui/Prose.js'
import { FieldForm, type Formulas } from './FieldForm.js'
import { Figures } from './Figures.js'
import { LookFigures } from './LookFigures.js'
import { NameField } from './NameField.js'
import { batchOf } from './NetFigures.js'
import { intensityRow, shapeIn, SightPicture, sightRows } from '../../sight/sight.js'
import { WiresForm } from './WiresForm.js'
import { workWords } from './work.js'

interface Props {
  readonly id: string
  readonly document: Document
  readonly analysis: Analysis
}

/** One node: what it does, its name and settings, and what it costs. */
export function NodeInspector({ id, place }: { readonly id: string; readonly place: Place }) {
  const { document, analysis } = place
  const node = document.nodes[id] as DocumentNode
  const kind = kindIn(document, node.type)
  const issues = [...analysis.issues, ...analysis.hints].filter((issue) => issue.where.node === id)
  return (
    <>
      <header className="inspector-head">
        <FamilyIcon type={node.type} />
        <h2 title={nodeTitle(id, node.type)}>{nodeTitle(id, node.type)}</h2>
      </header>
      {kind?.doc !== '' && (
        <p className="inspector-doc">
          <Prose text={kind?.doc ?? unknown(node.type)} />
        </p>
      )}
      <Issues issues={issues} />
      <NameField id={id} document={document} />
      {kind && (
        <FieldForm
          fields={kind.params}
          values={node.params}
          onChange={(name, value) => edit(setParam(id, name, value), `param/${id}/${name}`)}
          {...(document.within && { formulas: formulasOf(document.within, id) })}
        />
      )}
      <WiresForm id={id} document={document} />
      <NodeFigures id={id} document={document} analysis={analysis} />
      <LookFigures id={id} />
      {kind?.isBlock && place.closed !== id && (
        <Button wide icon={Maximize2} onPress={() => openNode(id)}>
          Open block
        </Button>
      )}
      {kind?.ports && (
        <Button wide icon={Ungroup} onPress={ungroupSelected}>
          Ungroup
        </Button>
      )}
    </>
  )
}

function unknown(type: string): string {
  const name = ownName(type)
  return name === undefined
    ? `This version does not know the type ${type}. It is kept as it is.`
    : `This document has no block ${name}. The node is kept as it is; take the block from your library to mend it.`
}

/** Inside a block values may be formulas of its parameters, and become parameters themselves. */
function formulasOf({ block, params, values }: Within, node: string): Formulas {
  const taken = new Set(Object.keys(params))
  return {
    scope: values,
    onExpose: (param) => editRoot(exposeParam(block, [{ node, param }], freeParamName(param, taken))),
  }
}

function NodeFigures({ id, document, analysis }: Props) {
  const facts = analysis.origins[id]
  if (!facts) return undefined
  const inputs = document.wires
    .filter((wire) => wire.to === id)
    .sort((a, b) => a.input - b.input)
    .map((wire) => shapeOut(analysis.origins[wire.from], wire.output))
  const outs = (facts.outputs ?? []).flatMap((shape) => (shape ? [shapeWords(shape)] : []))
  const known = inputs.flatMap((shape) => (shape ? [shapeWords(shape)] : []))
  const path = analysis.graph.outputs[id] ?? id
  const out = facts.output ? shapeIn(analysis, path, facts.output, true) : 'not known yet'
  const inside = analysis.graph.nodes.flatMap((node) => (node.origin === id ? [node.id] : []))
  const share = analysis.parameters.total > 0 ? percent(facts.parameters / analysis.parameters.total) : undefined
  const open = [...inputs, facts.output].some((shape) => shape?.includes(null))
  return (
    <Figures
      title="Numbers"
      rows={[
        ['In', known.length > 0 ? <Lines texts={known} /> : undefined],
        ['Out', outs.length > 0 ? <Lines texts={outs} /> : out],
        ['Parameters', grouped(facts.parameters)],
        ['of these trainable', facts.trainable === facts.parameters ? undefined : grouped(facts.trainable)],
        [document.within ? 'Share of the block' : 'Share of the net', facts.parameters > 0 ? share : undefined],
        ['Multiply-adds', facts.output && workWords(facts.multiplyAdds, open)],
        ['Layers inside', facts.layers > 1 ? grouped(facts.layers) : undefined],
        intensityRow(analysis, inside, batchOf(document)),
        ...sightRows(analysis, path),
      ]}
    >
      <SightPicture analysis={analysis} path={path} />
    </Figures>
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
