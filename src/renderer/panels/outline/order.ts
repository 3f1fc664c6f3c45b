import type { Scene, SceneNode } from '../../canvas/scene.js'
import { inOrder } from '../../../shared/graph/order.js'

/** Nodes of a picture, each after those that feed it; those on a circle come last. */
export function fromFrontToBack({ nodes, wires }: Scene): readonly SceneNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const inputs = new Map(nodes.map((node): [string, string[]] => [node.id, []]))
  for (const { from, to } of wires) inputs.get(to)?.push(from)
  const sorted = new Set(inOrder(inputs).order)
  return [...sorted, ...nodes.map(({ id }) => id).filter((id) => !sorted.has(id))].flatMap((id) => byId.get(id) ?? [])
}
