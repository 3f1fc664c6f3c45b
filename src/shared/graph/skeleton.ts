import type { FlatNode } from './graph.js'

/**
 * What the layers of a net are called and how they are wired. It stays the same object while edits change settings and
 * shapes only, so that passes over the layers can keep their results by place.
 */
export interface Skeleton {
  readonly paths: readonly string[]
  /** Place of each layer among the paths. */
  readonly places: ReadonlyMap<string, number>
  /** For each layer the places of its inputs; -1 for one that is not known. */
  readonly inputs: readonly (readonly number[])[]
  /** For each layer the places of the layers that use its output, once for each use. */
  readonly users: readonly (readonly number[])[]
}

/** The skeleton of layers in their order. */
export function skeletonOf(nodes: readonly FlatNode[]): Skeleton {
  const paths = nodes.map(({ id }) => id)
  const places = new Map(paths.map((path, at) => [path, at]))
  const inputs = nodes.map((node) => node.inputs.map((path) => places.get(path) ?? -1))
  const users: number[][] = nodes.map(() => [])
  inputs.forEach((list, at) => {
    for (const from of list) users[from]?.push(at)
  })
  return { paths, places, inputs, users }
}

/** The results of a pass, and at which places they differ from those before; none of them if there were none before. */
export interface Passed<T> {
  readonly values: readonly T[]
  readonly changed: readonly number[]
}

/**
 * A pass over the layers of a net, front to back, that computes something for each from what it computed for its inputs
 * (`undefined` where an input is not known). What was computed last for a skeleton is kept wherever neither the layer nor
 * anything before it has changed.
 */
export function createPass<T, C>(
  compute: (node: FlatNode, inputs: readonly (T | undefined)[], at: number, context: C) => T,
  isSame: (a: T, b: T) => boolean = Object.is,
) {
  const known = new WeakMap<Skeleton, { readonly nodes: readonly FlatNode[]; readonly passed: Passed<T> }>()
  return (skeleton: Skeleton, nodes: readonly FlatNode[], context: C): Passed<T> => {
    const last = known.get(skeleton)
    if (last?.nodes === nodes) return last.passed
    const values = last ? [...last.passed.values] : new Array<T>(nodes.length)
    const changed: number[] = []
    const isChanged = new Uint8Array(nodes.length)
    for (let at = 0; at < nodes.length; at++) {
      const node = nodes[at]!
      const sources = skeleton.inputs[at]!
      const isKept = last?.nodes[at] === node && !(changed.length > 0 && sources.some((from) => isChanged[from] === 1))
      if (isKept) continue
      const value = compute(
        node,
        sources.map((from) => values[from]),
        at,
        context,
      )
      if (last && isSame(value, last.passed.values[at]!)) continue
      values[at] = value
      isChanged[at] = 1
      if (last) changed.push(at)
    }
    const passed = { values: last && changed.length === 0 ? last.passed.values : values, changed }
    known.set(skeleton, { nodes, passed })
    return passed
  }
}
