import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { FlowEdge } from './flow.js'
import { pathOf } from './route.js'

/** The wire under the pointer: it shows its shape even where there is no room. */
export const hoveredWire = createStore<{ readonly key?: string }>(() => ({}))

/** Width of a label in the mono face at its size, px. */
const labelWidth = (text: string) => text.length * 6.7 + 8

/** A wire, with the shape that it carries. */
export const WireEdge = memo(function WireEdge(props: EdgeProps<FlowEdge>) {
  const { id, data, sourceX, sourceY, targetX, targetY } = props
  const hovered = useStore(hoveredWire, (s) => s.key === id)
  if (!data) return undefined
  const { route, label, active } = data
  const { path, label: at } = pathOf(route, [sourceX, sourceY], [targetX, targetY])
  const width = labelWidth(label)
  const room = route.kind !== 'straight' || targetX - sourceX >= width
  const state = `${active ? ' wire-active' : ''}${hovered ? ' wire-hovered' : ''}`
  return (
    <>
      <BaseEdge id={id} path={path} className={`wire${state}`} interactionWidth={16} />
      {label && room && !hovered && (
        <g
          className={active ? 'wire-label wire-label-active' : 'wire-label'}
          transform={`translate(${at[0]},${at[1]})`}
        >
          <rect x={-width / 2} y={-8} width={width} height={16} rx={4} />
          <text y={4}>{label}</text>
        </g>
      )}
      {label && hovered && (
        <EdgeLabelRenderer>
          <div
            className="wire-tip"
            style={{ transform: `translate(-50%, -50%) translate(${at[0]}px, ${at[1] - (room ? 0 : 16)}px)` }}
          >
            {label}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  )
})
