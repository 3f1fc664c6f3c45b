import { Trash2 } from 'lucide-react'
import type { Document, Wire } from '../../../shared/document/document.js'
import type { Analysis } from '../../../shared/graph/graph.js'
import { sizeOf } from '../../../shared/layers/shapes.js'
import { nodeTitle } from '../../catalogue/names.js'
import { deleteSelection } from '../../stores/edits.js'
import { Button } from '../../ui/Button.js'
import { grouped, shapeWords } from '../../ui/format.js'
import { Figures } from './Figures.js'

interface Props {
  readonly wire: Wire
  readonly document: Document
  readonly analysis: Analysis
}

/** One wire: where it leads and what it carries. */
export function WireInspector({ wire, document, analysis }: Props) {
  const shape = analysis.origins[wire.from]?.output
  const values = shape && sizeOf(shape)
  const title = (id: string) => nodeTitle(id, document.nodes[id]?.type ?? '')
  const inputs = document.wires.filter(({ to }) => to === wire.to).length
  return (
    <>
      <header className="inspector-head">
        <h2>Wire</h2>
      </header>
      <Figures
        title="Numbers"
        rows={[
          ['From', title(wire.from)],
          ['To', title(wire.to)],
          ['Input', inputs > 1 ? `${wire.input + 1} of ${inputs}` : undefined],
          ['Shape', shape ? shapeWords(shape) : 'not known yet'],
          ['Values per image', values === undefined ? undefined : grouped(values)],
        ]}
      />
      <div className="inspector-actions">
        <Button icon={Trash2} kind="danger" onPress={deleteSelection}>
          Remove wire
        </Button>
      </div>
    </>
  )
}
