import { ViewportPortal } from '@xyflow/react'
import { memo } from 'react'
import type { Family } from '../../shared/layers/define.js'
import { familyOf } from '../catalogue/names.js'
import type { FlowEdge, FlowNode } from './flow.js'
import { anchored, NODE, pathOf, type Anchor, type Point } from '../../shared/pictures/route.js'

interface Props {
  readonly nodes: readonly FlowNode[]
  readonly edges: readonly FlowEdge[]
}

/** A large net from far away: one shape per family and one for all wires, so that it moves as lightly as a small one. */
export const FarPicture = memo(function FarPicture({ nodes, edges }: Props) {
  const chosen = nodes.filter((node) => node.selected)
  const wrong = nodes.filter((node) => node.data.scene.issue)
  return (
    <ViewportPortal>
      <svg className="far" aria-hidden="true">
        <path className="far-wires" d={wires(nodes, edges)} />
        {[...byFamily(nodes)].map(([family, members]) => (
          <path key={family} className={`far-nodes family-${family}`} d={boxes(members)} />
        ))}
        <path className="far-wrong" d={boxes(wrong)} />
        <path className="far-chosen" d={boxes(chosen)} />
      </svg>
    </ViewportPortal>
  )
})

function byFamily(nodes: readonly FlowNode[]): Map<Family, FlowNode[]> {
  const groups = new Map<Family, FlowNode[]>()
  for (const node of nodes) {
    const family = familyOf(node.data.scene.type) ?? 'io'
    const members = groups.get(family)
    if (members) members.push(node)
    else groups.set(family, [node])
  }
  return groups
}

function boxes(nodes: readonly FlowNode[]): string {
  return nodes.map(({ position: { x, y } }) => `M${x} ${y}h${NODE.width}v${NODE.height}h${-NODE.width}z`).join('')
}

function wires(nodes: readonly FlowNode[], edges: readonly FlowEdge[]): string {
  const places = new Map(nodes.map((node) => [node.id, node.position]))
  const end = (id: string, anchor: Anchor): Point => {
    const { x, y } = places.get(id) ?? { x: 0, y: 0 }
    return anchored([x, y], anchor)
  }
  return edges
    .map(({ source, target, sourceHandle, targetHandle, data }) =>
      data ? pathOf(data.route, end(source, anchorOf(sourceHandle)), end(target, anchorOf(targetHandle))) : '',
    )
    .join('')
}

/** From far away the ports of a side are one place. */
function anchorOf(handle: string | null | undefined): Anchor {
  return (handle ?? 'out').split(':')[0] as Anchor
}

/** The node at a place of the canvas, if one is there; the last drawn is on top. */
export function nodeAt(nodes: readonly FlowNode[], { x, y }: { readonly x: number; readonly y: number }) {
  return nodes.findLast(
    ({ position }) =>
      x >= position.x && x <= position.x + NODE.width && y >= position.y && y <= position.y + NODE.height,
  )
}
