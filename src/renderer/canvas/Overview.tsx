import { MiniMap, useStore } from '@xyflow/react'
import { useMemo } from 'react'
import { familyOf } from '../catalogue/names.js'
import type { FlowNode } from './flow.js'
import type { Scene } from './scene.js'
import { showsAll } from './viewport.js'

/** A small map of the whole net, while not all of it is in sight. */
export function Overview({ scene }: { readonly scene: Scene }) {
  const places = useMemo(() => scene.nodes.map((node) => node.at), [scene])
  const hidden = useStore(({ transform: [x, y, zoom], width, height, nodes }) => {
    return nodes.length === 0 || showsAll(places, { x, y, zoom }, { width, height })
  })
  if (hidden) return undefined
  return (
    <MiniMap<FlowNode>
      className="minimap"
      style={{ width: 168, height: 104 }}
      pannable
      zoomable
      ariaLabel="Overview"
      nodeClassName={({ data }) => `family-${familyOf(data.scene.type) ?? 'io'}`}
      nodeBorderRadius={12}
    />
  )
}
