import type { Edge, Node } from '@xyflow/react'
import { shapeWords } from '../ui/format.js'
import { TIP_ID } from './hover/hovered.js'
import { labelWidth, placeLabels } from './labels.js'
import { NODE, routeOf, SIDES, wayOf, type Point, type Route } from '../../shared/pictures/route.js'
import { handlesOf, meets, portId } from './ports.js'
import type { Scene, SceneNode } from './scene.js'

export type FlowNode = Node<{ readonly scene: SceneNode; readonly editable: boolean }, 'layer'>
export interface WireLook {
  readonly route: Route
  /** Which output of its node it leaves, 0-based. */
  readonly output: number
  /** The shape it carries, in words. */
  readonly label: string
  /** Where the words have room. */
  readonly labelAt?: Point
  readonly active: boolean
}
export type FlowEdge = Edge<WireLook & Record<string, unknown>, 'wire'>

/** The tip of a node, while it shows, and the canvas library's words on what keys do. */
const DESCRIBED = { 'aria-describedby': `${TIP_ID} react-flow__node-desc-1` }

/** The canvas library's nodes of a picture; those that look the same as before stay the same objects. */
export function toFlowNodes(scene: Scene, selected: ReadonlySet<string>, before: readonly FlowNode[]): FlowNode[] {
  const known = new Map(before.map((node) => [node.id, node]))
  return scene.nodes.map((node) => {
    const old = known.get(node.id)
    const isSelected = selected.has(node.id)
    const same = old && old.data.editable === scene.editable && equalNodes(old.data.scene, node)
    if (old && same && old.selected === isSelected && samePlace(old, node)) return old
    return {
      id: node.id,
      type: 'layer',
      position: { x: node.at[0], y: node.at[1] },
      width: NODE.width,
      height: NODE.height,
      measured: NODE,
      handles: handlesOf(node),
      data: same ? old.data : { scene: node, editable: scene.editable },
      selected: isSelected,
      draggable: scene.editable,
      connectable: scene.editable,
      ariaLabel: label(node),
      domAttributes: DESCRIBED,
    }
  })
}

/** The canvas library's wires of a picture; places come from the nodes as they are drawn, also while they are dragged. */
export function toFlowEdges(
  scene: Scene,
  nodes: readonly FlowNode[],
  selected: { readonly nodes: ReadonlySet<string>; readonly wires: ReadonlySet<string> },
  before: readonly FlowEdge[],
): FlowEdge[] {
  const places = new Map(nodes.map((node) => [node.id, [node.position.x, node.position.y] as Point]))
  const all = [...places.values()]
  const scenes = new Map(scene.nodes.map((node) => [node.id, node]))
  const known = new Map(before.map((edge) => [edge.id, edge]))
  const drawn = scene.wires.flatMap((wire) => {
    const [from, to] = [places.get(wire.from), places.get(wire.to)]
    if (!from || !to) return []
    const route = routeOf(from, to, wire.input, all)
    const [out, into] = SIDES[route.kind]
    const way = wayOf(
      route,
      meets(scenes.get(wire.from), from, out, wire.output),
      meets(scenes.get(wire.to), to, into, wire.input),
    )
    const text = wire.open ?? (wire.shape ? shapeWords(wire.shape) : '')
    return [{ ...wire, route, way, text, width: labelWidth(text) }]
  })
  const labels = placeLabels(drawn, all)
  return drawn.map((wire): FlowEdge => {
    const { route, text } = wire
    const labelAt = labels.get(wire.key)
    const isSelected = selected.wires.has(wire.key)
    const active = isSelected || selected.nodes.has(wire.from) || selected.nodes.has(wire.to)
    const old = known.get(wire.key)
    if (old && isSame(old, wire, { route, text, labelAt, active, isSelected })) return old
    const [out, into] = SIDES[route.kind]
    const isNamed = (scenes.get(wire.to)?.ports?.inputs.length ?? 0) > 1
    return {
      id: wire.key,
      type: 'wire',
      source: wire.from,
      target: wire.to,
      sourceHandle: out === 'out' ? portId(out, wire.output) : out,
      targetHandle: into === 'in' && isNamed ? portId(into, wire.input) : into,
      selected: isSelected,
      zIndex: active ? 1 : 0,
      ariaLabel: `Wire from ${wire.from} to ${wire.to}${text && `, ${text}`}`,
      data: { route, output: wire.output, label: text, active, ...(labelAt && { labelAt }) },
    }
  })
}

interface EdgeLook {
  readonly route: Route
  readonly text: string
  readonly labelAt: Point | undefined
  readonly active: boolean
  readonly isSelected: boolean
}

function isSame(
  old: FlowEdge,
  wire: { from: string; to: string; output: number },
  { route, text, labelAt, active, isSelected }: EdgeLook,
) {
  return (
    old.source === wire.from &&
    old.data?.output === wire.output &&
    old.target === wire.to &&
    old.selected === isSelected &&
    old.data?.label === text &&
    old.data.active === active &&
    old.data.labelAt?.[0] === labelAt?.[0] &&
    old.data.labelAt?.[1] === labelAt?.[1] &&
    sameRoute(old.data.route, route)
  )
}

function sameRoute(a: Route, b: Route): boolean {
  return (Object.keys(b) as (keyof Route)[]).every((key) => a[key] === b[key])
}

function samePlace(flow: FlowNode, { at }: SceneNode): boolean {
  return flow.position.x === at[0] && flow.position.y === at[1]
}

/** Equal in everything that is drawn inside the node. */
function equalNodes(a: SceneNode, b: SceneNode): boolean {
  return (Object.keys(a) as (keyof SceneNode)[]).every(
    (key) => key === 'at' || a[key] === b[key] || JSON.stringify(a[key]) === JSON.stringify(b[key]),
  )
}

function label({ id, title, shape, open, issue }: SceneNode): string {
  const size = shape ? `, ${open ?? shapeWords(shape)}` : ''
  return `${id}, ${title}${size}${issue ? `, ${issue.severity}: ${issue.message}` : ''}`
}
