import { Copy, Package, Trash2 } from 'lucide-react'
import type { Document } from '../../../shared/document/document.js'
import type { Analysis } from '../../../shared/graph/graph.js'
import { duplicateSelection } from '../../stores/clipboard.js'
import { askForBlock } from '../../stores/blocks.js'
import { deleteSelection } from '../../stores/edits.js'
import { Button } from '../../ui/Button.js'
import { grouped, percent } from '../../ui/format.js'
import { Figures } from './Figures.js'
import { workWords } from './work.js'

interface Props {
  readonly ids: readonly string[]
  readonly document: Document
  readonly analysis: Analysis
}

/** Several nodes: how many, and what they cost together. */
export function SeveralInspector({ ids, document, analysis }: Props) {
  const facts = ids.flatMap((id) => analysis.origins[id] ?? [])
  const sum = (of: (fact: (typeof facts)[number]) => number) => facts.reduce((total, fact) => total + of(fact), 0)
  const parameters = sum((fact) => fact.parameters)
  const work = sum((fact) => fact.multiplyAdds)
  const within = document.wires.filter((wire) => ids.includes(wire.from) && ids.includes(wire.to)).length
  const { total } = analysis.parameters
  return (
    <>
      <header className="inspector-head">
        <h2>{ids.length} nodes selected</h2>
      </header>
      <Figures
        title="Together"
        rows={[
          ['Wires between them', grouped(within)],
          ['Parameters', grouped(parameters)],
          ['Share of the net', total > 0 ? percent(parameters / total) : undefined],
          ['Multiply-adds', workWords(work, analysis.anySize !== undefined)],
          ['Layers', grouped(sum((fact) => fact.layers))],
        ]}
      />
      <div className="inspector-actions">
        <Button icon={Copy} onPress={duplicateSelection}>
          Duplicate
        </Button>
        <Button icon={Trash2} kind="danger" onPress={deleteSelection}>
          Delete
        </Button>
      </div>
      <Button wide icon={Package} onPress={askForBlock}>
        Make block…
      </Button>
    </>
  )
}
