import type { Analysis, NodeFacts } from '../../../shared/graph/graph.js'
import { kindOf } from '../../../shared/document/kinds.js'
import { FamilyIcon } from '../../catalogue/FamilyIcon.js'
import { nodeTitle } from '../../catalogue/names.js'
import { grouped, percent, shapeWords, valueWords, words } from '../../ui/format.js'
import { Prose } from '../../ui/Prose.js'
import { Figures } from './Figures.js'
import { LookFigures } from './LookFigures.js'
import { shapeIn, SightPicture, sightRows } from '../../sight/sight.js'
import { workWords } from './work.js'

/** A layer inside of an open block: to read only, the block's settings decide it. */
export function BlockNodeInspector({ facts, analysis }: { readonly facts: NodeFacts; readonly analysis: Analysis }) {
  const name = facts.id.slice(facts.origin.length + 1)
  const params = analysis.graph.nodes.find((node) => node.id === facts.id)?.params ?? {}
  const total = analysis.parameters.total
  const open = [...facts.inputs, facts.output].some((shape) => shape?.includes(null))
  return (
    <>
      <header className="inspector-head">
        <FamilyIcon type={facts.type} />
        <h2>{nodeTitle(name, facts.type)}</h2>
      </header>
      <p className="inspector-doc">
        <Prose text={kindOf(facts.type)?.doc ?? ''} />
      </p>
      <Figures title="Settings" rows={Object.entries(params).map(([key, value]) => [words(key), valueWords(value)])} />
      <Figures
        title="Numbers"
        rows={[
          ['In', facts.inputs.length > 0 ? facts.inputs.map(shapeWords).join(', ') : undefined],
          ['Out', facts.output && shapeIn(analysis, facts.id, facts.output, true)],
          ['Parameters', grouped(facts.parameters)],
          ['Share of the net', facts.parameters > 0 && total > 0 ? percent(facts.parameters / total) : undefined],
          ['Multiply-adds', workWords(facts.multiplyAdds, open)],
          ...Object.entries(facts.weights).map(([key, { shape }]) => [words(key), shapeWords(shape)] as const),
          ...sightRows(analysis, facts.id),
        ]}
      >
        <SightPicture analysis={analysis} path={facts.id} />
      </Figures>
      <LookFigures id={facts.id} />
    </>
  )
}
