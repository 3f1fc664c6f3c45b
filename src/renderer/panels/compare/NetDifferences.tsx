import { Minus, PencilLine, Plus, type LucideIcon } from 'lucide-react'
import { SAME_LAYERS, type Changed, type Comparison, type Lone, type Pair } from '../../../shared/compare/compare.js'
import { kindOf } from '../../../shared/document/kinds.js'
import { ownName } from '../../../shared/document/own-blocks.js'
import { FamilyIcon } from '../../catalogue/FamilyIcon.js'
import { nodeTitle } from '../../catalogue/names.js'
import { grouped, shapeWords, words } from '../../ui/format.js'
import { settingWords } from '../training/number-settings.js'
import { BeforeAfterTable } from './BeforeAfterTable.js'
import { changeWords, type Titles } from './words.js'
import './compare.css'

/** What differs between two nets: sums first, then node by node. */
export function NetDifferences({ net, titles }: { readonly net: Comparison; readonly titles: Titles }) {
  if (net.same) {
    return (
      <p className="muted">
        <b>The nets are equal</b>: same nodes, wires and settings; where they stand on the canvas does not count.
      </p>
    )
  }
  const { sameLayers, added, removed, changed, blocks, training, totals } = net
  return (
    <>
      {sameLayers && <p className="compare-note">{SAME_LAYERS}</p>}
      <Totals totals={totals} titles={titles} />
      <ul className="compare-list" aria-label="Differences of the nets">
        {removed.map((node) => (
          <LoneNode key={node.id} node={node} sign={Minus} what="removed" />
        ))}
        {added.map((node) => (
          <LoneNode key={node.id} node={node} sign={Plus} what="added" />
        ))}
        {changed.map((node) => (
          <ChangedNode key={node.id} node={node} />
        ))}
        {blocks.map(({ name, before, after }) => (
          <Line key={name} sign={PencilLine} what="changed" title={`Block ${name}`}>
            {before === undefined ? 'added' : after === undefined ? 'removed' : 'edited'}
          </Line>
        ))}
        {training.map((change) => (
          <Line key={change.name} sign={PencilLine} what="changed" title={`Training: ${settingWords(change.name)}`}>
            {changeWords(change)}
          </Line>
        ))}
      </ul>
    </>
  )
}

function Totals({ totals, titles }: { readonly totals: Comparison['totals']; readonly titles: Titles }) {
  const rows: readonly (readonly [string, Pair])[] = [
    ['Parameters', totals.parameters],
    ['Multiply-adds', totals.multiplyAdds],
    ['Layers', totals.layers],
    ...(totals.depth ? [['Depth', totals.depth] as const] : []),
  ]
  return (
    <BeforeAfterTable
      label="Numbers of the nets"
      titles={titles}
      rows={rows.map(([name, { before, after }]) => ({
        name,
        before: grouped(before),
        after: grouped(after),
        difference: `${after > before ? '+' : ''}${grouped(after - before)}`,
      }))}
    />
  )
}

function LoneNode(props: { readonly node: Lone; readonly sign: LucideIcon; readonly what: 'added' | 'removed' }) {
  const { id, type, facts } = props.node
  const parameters = facts.parameters > 0 && `${grouped(facts.parameters)} parameters`
  return (
    <Line sign={props.sign} what={props.what} title={nodeTitle(id, type)} type={type}>
      {[facts.output && `makes ${shapeWords(facts.output)}`, parameters].filter(Boolean).join(', ')}
    </Line>
  )
}

function ChangedNode({ node }: { readonly node: Changed }) {
  const { id, was, type, wasType, params, inputs, shape, parameters } = node
  const details = [
    ...(was === undefined ? [] : [`was ${nodeTitle(was, wasType ?? type)}`]),
    ...(wasType === undefined ? [] : [`${kindTitle(wasType)} → ${kindTitle(type)}`]),
    ...params.map((change) => `${words(change.name)} ${changeWords(change)}`),
    ...(inputs ? [`fed by ${inputs.before.join(', ') || 'nothing'} → ${inputs.after.join(', ') || 'nothing'}`] : []),
    ...(shape
      ? [`makes ${shape.before ? shapeWords(shape.before) : '?'} → ${shape.after ? shapeWords(shape.after) : '?'}`]
      : []),
    ...(parameters.before === parameters.after
      ? []
      : [`${grouped(parameters.before)} → ${grouped(parameters.after)} parameters`]),
  ]
  return (
    <Line sign={PencilLine} what="changed" title={nodeTitle(id, type)} type={type}>
      {details.join(' · ')}
    </Line>
  )
}

function kindTitle(type: string): string {
  return kindOf(type)?.title ?? ownName(type) ?? type
}

interface LineProps {
  readonly sign: LucideIcon
  readonly what: 'added' | 'removed' | 'changed'
  readonly title: string
  readonly type?: string
  readonly children: string
}

function Line({ sign: Sign, what, title, type, children }: LineProps) {
  return (
    <li className={`compare-line compare-${what}`}>
      <Sign size={14} strokeWidth={2} aria-label={what} />
      {type && <FamilyIcon type={type} />}
      <span className="compare-text">
        <b>{title}</b> {children}
      </span>
    </li>
  )
}
