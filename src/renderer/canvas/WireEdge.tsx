import { BaseEdge, EdgeLabelRenderer, useStore, type EdgeProps } from '@xyflow/react'
import { memo, useContext } from 'react'
import { pathOf, wayOf, type Point } from '../../shared/pictures/route.js'
import { DetailContext } from './detail.js'
import type { FlowEdge } from './flow.js'
import { useHovered } from './hover/hovered.js'

/** A wire, with the shape that it carries above all wires; what the pointer is at says it even where there is no room. */
export const WireEdge = memo(function WireEdge(props: EdgeProps<FlowEdge>) {
  const { id, data, sourceX, sourceY, targetX, targetY } = props
  const hovered = useHovered((s) => s.wire === id)
  const isReadable = useContext(DetailContext) === 'full'
  if (!data) return undefined
  const { route, label, labelAt, active } = data
  const [from, to]: Point[] = [
    [sourceX, sourceY],
    [targetX, targetY],
  ]
  const state = `${active ? ' wire-active' : ''}${hovered ? ' wire-hovered' : ''}`
  const look = `wire-label${active ? ' wire-label-active' : ''}`
  return (
    <>
      <BaseEdge id={id} path={pathOf(route, from!, to!)} className={`wire${state}`} interactionWidth={16} />
      {label && labelAt && isReadable && !hovered && (
        <EdgeLabelRenderer>
          <div className={look} style={{ transform: moved(labelAt) }}>
            {label}
          </div>
        </EdgeLabelRenderer>
      )}
      {label && hovered && <WireTip label={label} at={labelAt ?? beside(wayOf(route, from!, to!))} />}
    </>
  )
})

/** The shape on a wire at a size that can be read from any distance. */
function WireTip({ label, at }: { readonly label: string; readonly at: Point }) {
  const scale = useStore(({ transform }) => Math.max(1, 1 / transform[2]))
  return (
    <EdgeLabelRenderer>
      <div className="wire-label wire-tip" style={{ transform: `${moved(at)} scale(${scale})` }}>
        {label}
      </div>
    </EdgeLabelRenderer>
  )
}

function moved(at: Point): string {
  return `translate(-50%, -50%) translate(${at.join('px, ')}px)`
}

/** Close to the middle of a wire that has no room for words. */
function beside(way: readonly Point[]): Point {
  const [[x1, y1], [x2, y2]] = [way[Math.ceil(way.length / 2) - 1]!, way[Math.floor(way.length / 2)]!]
  return [(x1 + x2) / 2, (y1 + y2) / 2 - 16]
}
