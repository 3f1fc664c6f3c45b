import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { FlowEdge } from './flow.js'
import { pathOf, wayOf, type Point } from '../../shared/pictures/route.js'

/** The wire under the pointer: it shows its shape even where there is no room. */
export const hoveredWire = createStore<{ readonly key?: string }>(() => ({}))

/** A wire, with the shape that it carries above all wires. */
export const WireEdge = memo(function WireEdge(props: EdgeProps<FlowEdge>) {
  const { id, data, sourceX, sourceY, targetX, targetY } = props
  const hovered = useStore(hoveredWire, (s) => s.key === id)
  if (!data) return undefined
  const { route, label, labelAt, active } = data
  const [from, to]: Point[] = [
    [sourceX, sourceY],
    [targetX, targetY],
  ]
  const shownAt = labelAt ?? (hovered ? beside(wayOf(route, from!, to!)) : undefined)
  const state = `${active ? ' wire-active' : ''}${hovered ? ' wire-hovered' : ''}`
  const look = `wire-label${active ? ' wire-label-active' : ''}${hovered ? ' wire-tip' : ''}`
  return (
    <>
      <BaseEdge id={id} path={pathOf(route, from!, to!)} className={`wire${state}`} interactionWidth={16} />
      {label && shownAt && (
        <EdgeLabelRenderer>
          <div className={look} style={{ transform: `translate(-50%, -50%) translate(${shownAt.join('px, ')}px)` }}>
            {label}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  )
})

/** Close to the middle of a wire that has no room for words. */
function beside(way: readonly Point[]): Point {
  const [[x1, y1], [x2, y2]] = [way[Math.ceil(way.length / 2) - 1]!, way[Math.floor(way.length / 2)]!]
  return [(x1 + x2) / 2, (y1 + y2) / 2 - 16]
}
