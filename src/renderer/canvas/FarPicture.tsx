import { ViewportPortal } from '@xyflow/react'
import { memo } from 'react'
import { familyOf } from '../catalogue/names.js'
import type { FlowEdge, FlowNode } from './flow.js'
import { heatColour, type Heat } from './heat/heat.js'
import { anchored, NODE, pathOf, type Anchor, type Point } from '../../shared/pictures/route.js'

interface Props {
  readonly nodes: readonly FlowNode[]
  readonly edges: readonly FlowEdge[]
  /** How strongly the gradient arrives, while that is to show. */
  readonly heat: ReadonlyMap<string, Heat> | undefined
}

/** A large net from far away: one shape per family or heat and one for all wires, so that it moves as lightly as a small one. */
export const FarPicture = memo(function FarPicture({ nodes, edges, heat }: Props) {
  const chosen = nodes.filter((node) => node.selected)
  const wrong = nodes.filter((node) => node.data.scene.issue)
  return (
    <ViewportPortal>
      <svg className="far" aria-hidden="true">
        <path className="far-wires" d={wires(nodes, edges)} />
        {[...grouped(nodes, ({ data }) => familyOf(data.scene.type) ?? 'io')].map(([family, members]) => (
          <path key={family} className={`far-nodes family-${family}`} d={boxes(members)} />
        ))}
        {heat && <FarHeat nodes={nodes} heat={heat} />}
        <path className="far-wrong" d={boxes(wrong)} />
        <path className="far-chosen" d={boxes(chosen)} />
      </svg>
    </ViewportPortal>
  )
})

/** Colours that can be told apart on the scale of heat. */
const SHADES = 20

function FarHeat({ nodes, heat }: { readonly nodes: readonly FlowNode[]; readonly heat: ReadonlyMap<string, Heat> }) {
  const shades = grouped(nodes, ({ id }) => {
    const one = heat.get(id)
    return typeof one === 'number' ? Math.round(one * SHADES) / SHADES : one
  })
  return [...shades].map(([shade, members]) =>
    shade === undefined ? undefined : typeof shade === 'number' ? (
      <path key={shade} style={{ fill: heatColour(shade) }} d={boxes(members)} />
    ) : (
      <path key={shade} className={`far-heat-${shade}`} d={boxes(members)} />
    ),
  )
}

function grouped<K>(nodes: readonly FlowNode[], of: (node: FlowNode) => K): ReadonlyMap<K, readonly FlowNode[]> {
  const groups = new Map<K, FlowNode[]>()
  for (const node of nodes) {
    const key = of(node)
    const members = groups.get(key)
    if (members) members.push(node)
    else groups.set(key, [node])
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
