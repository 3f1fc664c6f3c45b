import { MiniMap, useStore, type ReactFlowState } from '@xyflow/react'
import { kindOf } from '../../shared/document/kinds.js'
import type { FlowNode } from './flow.js'
import { NODE } from './route.js'

/** A small map of the whole net, while not all of it is in sight. */
export function Overview() {
  const hidden = useStore(isAllInSight)
  if (hidden) return undefined
  return (
    <MiniMap<FlowNode>
      className="minimap"
      style={{ width: 168, height: 104 }}
      pannable
      zoomable
      ariaLabel="Overview"
      nodeClassName={({ data }) => `family-${kindOf(data.scene.type)?.family ?? 'io'}`}
      nodeBorderRadius={12}
    />
  )
}

function isAllInSight({ nodes, transform: [x, y, zoom], width, height }: ReactFlowState): boolean {
  return nodes.every(({ position }) => {
    const [left, top] = [position.x * zoom + x, position.y * zoom + y]
    return left >= -8 && top >= -8 && left + NODE.width * zoom <= width + 8 && top + NODE.height * zoom <= height + 8
  })
}
