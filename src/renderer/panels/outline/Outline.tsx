import { CircleAlert, TriangleAlert } from 'lucide-react'
import { useMemo, useState } from 'react'
import { GridList, GridListItem } from 'react-aria-components/GridList'
import { Text } from 'react-aria-components/Text'
import { ListLayout, Virtualizer } from 'react-aria-components/Virtualizer'
import { canvasHandle } from '../../canvas/handle.js'
import { heatColour, type Heat } from '../../canvas/heat/heat.js'
import { useHeat, type PictureHeat } from '../../canvas/heat/useHeat.js'
import type { Scene, SceneNode } from '../../canvas/scene.js'
import { useScene } from '../../canvas/useScene.js'
import { FamilyIcon } from '../../catalogue/FamilyIcon.js'
import { openNode } from '../../stores/document.js'
import { useSeenNet, type SeenNet } from '../../stores/looks.js'
import { select, useSelection } from '../../stores/selection.js'
import { EmptyState } from '../../ui/EmptyState.js'
import { scientific, shapeWords, withTimes } from '../../ui/format.js'
import { fromFrontToBack } from './order.js'
import { SearchBox } from '../../ui/SearchBox.js'
import './outline.css'

const ROW = 44

/** The nodes of the canvas as a list, from input to heads: the net for keyboard and screen reader, and to find a node by name. */
export function Outline() {
  const scene = useScene()
  if (!scene || scene.nodes.length === 0) {
    return <EmptyState title="No nodes yet">Each node of the net will be listed here, from input to heads.</EmptyState>
  }
  return <List scene={scene} />
}

function List({ scene }: { readonly scene: Scene }) {
  const [search, setSearch] = useState('')
  const chosen = useSelection((s) => s.nodes)
  const seen = useSeenNet()
  const heat = useHeat(scene)
  const ordered = useMemo(() => fromFrontToBack(scene), [scene])
  const wanted = search.trim().toLowerCase()
  const found = ordered.filter(({ id, title, type }) => `${title} ${id} ${type}`.toLowerCase().includes(wanted))
  const choose = (ids: readonly string[]) => {
    select(ids)
    if (ids.length === 1) canvasHandle()?.reveal(ids)
  }
  const open = (id: string) => scene.nodes.find((node) => node.id === id)?.openable && openNode(id)
  return (
    <div className="outline">
      <div className="palette-search">
        <SearchBox label="Search nodes" value={search} onChange={setSearch} />
      </div>
      <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: ROW }}>
        <GridList
          aria-label="Nodes"
          className="outline-list scroll"
          items={found}
          dependencies={[seen, heat]}
          selectionMode="multiple"
          selectionBehavior="replace"
          selectedKeys={chosen}
          onSelectionChange={(keys) => choose(keys === 'all' ? found.map(({ id }) => id) : [...keys].map(String))}
          onAction={(key) => open(String(key))}
          renderEmptyState={() => <p className="palette-none">No node is called “{search}”.</p>}
        >
          {(node) => <Row node={node} seen={seen} heat={heat} />}
        </GridList>
      </Virtualizer>
    </div>
  )
}

interface RowProps {
  readonly node: SceneNode
  readonly seen: SeenNet | undefined
  readonly heat: PictureHeat | undefined
}

function Row({ node, seen, heat }: RowProps) {
  const { id, type, title, shape, issue, summary } = node
  const Sign = issue?.severity === 'error' ? CircleAlert : TriangleAlert
  return (
    <GridListItem id={id} textValue={title} className={`outline-row${issue ? ` outline-${issue.severity}` : ''}`}>
      <FamilyIcon type={type} />
      <span className="outline-words">
        <span className="outline-line">
          <span className="outline-name">{title}</span>
          <span className="mono outline-shape">{shape ? shapeWords(shape) : 'no shape'}</span>
        </span>
        <Text slot="description" className="outline-setting">
          {issue && <Sign size={12} strokeWidth={2} aria-label={issue.severity} />}
          <span title={issue?.message ?? summary}>{issue ? withTimes(issue.message) : summary || ' '}</span>
          <Gradient
            size={node.inputs === 'none' ? undefined : seen?.of(id)?.look.gradient}
            heat={heat?.on ? heat.nodes.get(id) : undefined}
          />
        </Text>
      </span>
    </GridListItem>
  )
}

/** How strongly the gradient arrived when the run looked last, with its colour on the canvas. */
function Gradient({ size, heat }: { readonly size: number | undefined; readonly heat: Heat | undefined }) {
  if (size === undefined) return undefined
  return (
    <span className="mono outline-gradient">
      {typeof heat === 'number' && <i className="outline-heat" style={{ background: heatColour(heat) }} />}
      <span className="visually-hidden">gradient </span>
      {scientific(size)}
    </span>
  )
}
