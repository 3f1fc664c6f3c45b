/**
 * The ids in layers: each behind everything that feeds it, as early as it can be. Ids on a cycle come as if the wire that
 * closes it were not there.
 */
export function layersOf(
  ids: readonly string[],
  inputs: ReadonlyMap<string, readonly string[]>,
): readonly (readonly string[])[] {
  const known = new Set(ids)
  const depth = new Map<string, number>()
  const layers: string[][] = []
  for (const id of ids) {
    const at = depthOf(id, known, inputs, depth)
    while (layers.length <= at) layers.push([])
    layers[at]!.push(id)
  }
  return layers
}

/** Depth of one id; walks up with a stack of its own, since a net can be thousands of layers deep. */
function depthOf(
  start: string,
  known: ReadonlySet<string>,
  inputs: ReadonlyMap<string, readonly string[]>,
  depth: Map<string, number>,
): number {
  const stack = [start]
  const entered = new Set<string>()
  for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
    const feeds = (inputs.get(id) ?? []).filter((from) => known.has(from))
    const open = feeds.filter((from) => !depth.has(from) && !entered.has(from))
    if (open.length > 0 && !entered.has(id)) {
      entered.add(id)
      stack.push(...open)
      continue
    }
    if (!depth.has(id)) depth.set(id, Math.max(-1, ...feeds.map((from) => depth.get(from) ?? -1)) + 1)
    stack.pop()
  }
  return depth.get(start)!
}
