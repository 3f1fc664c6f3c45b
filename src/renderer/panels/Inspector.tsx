import { usePlace } from '../stores/document.js'
import { wireOf } from '../stores/edits.js'
import { closeHelp, showHelp, useHelp } from '../stores/help.js'
import { useSelection } from '../stores/selection.js'
import { EmptyState } from '../ui/EmptyState.js'
import { Segmented } from '../ui/Segmented.js'
import { MousePointerClick } from 'lucide-react'
import { OwnBlockInspector } from './blocks/OwnBlockInspector.js'
import { BlockNodeInspector } from './inspector/BlockNodeInspector.js'
import { DocumentInspector } from './inspector/DocumentInspector.js'
import { NodeInspector } from './inspector/NodeInspector.js'
import { SeveralInspector } from './inspector/SeveralInspector.js'
import { WireInspector } from './inspector/WireInspector.js'
import { HelpView } from './reference/HelpView.js'
import './inspector/inspector.css'

/** What is selected: a node with its settings and numbers, several with their sums, or the whole document; or help on it. */
export function Inspector() {
  const isHelp = useHelp((s) => s.isOpen)
  return (
    <section className="inspector scroll" aria-label="Inspector">
      <Segmented
        label="What the inspector shows"
        options={VIEWS}
        value={isHelp ? 'help' : 'settings'}
        onChange={(view) => (view === 'help' ? showHelp() : closeHelp())}
      />
      {isHelp ? <HelpView /> : <Content />}
    </section>
  )
}

const VIEWS = [
  { id: 'settings', title: 'Settings' },
  { id: 'help', title: 'Help' },
] as const

function Content() {
  const place = usePlace()
  const chosen = useSelection((s) => s.nodes)
  const [chosenWire] = useSelection((s) => s.wires)
  if (!place) {
    return <EmptyState icon={MousePointerClick} title="Settings of what you select will show here" />
  }
  const { document, analysis, closed } = place
  const [first] = chosen
  if (closed !== undefined) {
    const inner = first === undefined ? undefined : analysis.nodes[first]
    if (inner?.origin === closed) return <BlockNodeInspector facts={inner} analysis={analysis} />
    return <NodeInspector key={closed} id={closed} place={place} />
  }
  if (chosen.length > 1) return <SeveralInspector ids={chosen} document={document} analysis={analysis} />
  if (first !== undefined && document.nodes[first]) {
    return <NodeInspector key={first} id={first} place={place} />
  }
  const wire = chosenWire === undefined ? undefined : wireOf(document, chosenWire)
  if (wire) return <WireInspector wire={wire} document={document} analysis={analysis} />
  if (document.within) return <OwnBlockInspector key={document.within.block} place={place} within={document.within} />
  return <DocumentInspector document={document} analysis={analysis} />
}
