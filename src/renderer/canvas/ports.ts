import { Position } from '@xyflow/react'
import { ANCHORS, NODE, type Anchor, type Point } from '../../shared/pictures/route.js'
import type { SceneNode } from './scene.js'

/** What an anchor is to the canvas library; `in` and `out` are the ports that can be dragged, the others only lead wires. */
export const PORTS: Readonly<Record<Anchor, { readonly type: 'source' | 'target'; readonly position: Position }>> = {
  in: { type: 'target', position: Position.Left },
  'in-top': { type: 'target', position: Position.Top },
  out: { type: 'source', position: Position.Right },
  'out-top': { type: 'source', position: Position.Top },
  'out-bottom': { type: 'source', position: Position.Bottom },
}

/** A place on a node where wires are drawn by hand. */
export interface Port {
  /** `in`, `in:1`, …; the first has no number. */
  readonly id: string
  readonly side: 'in' | 'out'
  /** 0-based. */
  readonly index: number
  /** What it is called, where an own block names it. */
  readonly name?: string
  /** px from the top of the node. */
  readonly y: number
}

/** The ports of a node: one on a side, or for each named port of an own block its own. */
export function portsOf({ inputs, output, ports }: Pick<SceneNode, 'inputs' | 'output' | 'ports'>): readonly Port[] {
  return [
    ...(inputs === 'none' ? [] : portsOn('in', ports?.inputs ?? [])),
    ...(output ? portsOn('out', ports?.outputs ?? []) : []),
  ]
}

function portsOn(side: Port['side'], names: readonly string[]): readonly Port[] {
  const count = Math.max(names.length, 1)
  return Array.from({ length: count }, (_, index) => {
    const name = count > 1 ? names[index] : undefined
    const y = Math.round((NODE.height * (index + 1)) / (count + 1))
    return { id: portId(side, index), side, index, y, ...(name !== undefined && { name }) }
  })
}

/** The canvas library's name of a port. */
export function portId(side: Port['side'], index: number): string {
  return index === 0 ? side : `${side}:${index}`
}

/** The number of a port by its name for the canvas library. */
export function portIndex(id: string | null | undefined): number {
  return Number(id?.split(':')[1] ?? 0)
}

/** Where a wire meets a node by an anchor: at `in` and `out` the height of the port. */
export function meets(node: SceneNode | undefined, [x, y]: Point, anchor: Anchor, index: number): Point {
  const port = anchor === 'in' || anchor === 'out' ? node && portsOf(node).find((one) => one.id === portId(anchor, index)) : undefined // prettier-ignore
  return [x + ANCHORS[anchor][0], y + (port?.y ?? ANCHORS[anchor][1])]
}

const PLAIN = (Object.keys(ANCHORS) as Anchor[]).map((id) => {
  const [x, y] = ANCHORS[id]
  return { id: id as string, ...PORTS[id], x, y, width: 0, height: 0 }
})

/** The canvas library's handles of a node. */
export function handlesOf(node: SceneNode) {
  if (!node.ports) return PLAIN
  const leading = PLAIN.filter(({ id }) => id !== 'in' && id !== 'out')
  const drawn = portsOf(node).map(({ id, side, y }) => ({ id, ...PORTS[side], x: ANCHORS[side][0], y, width: 0, height: 0 })) // prettier-ignore
  return [...drawn, ...leading]
}
