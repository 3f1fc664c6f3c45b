import type { Document } from '../document/document.js'
import { layerOf } from '../layers/index.js'
import type { Expansion } from './expand.js'
import type { HeadFacts } from './graph.js'
import { readParams } from './params.js'

/** Layer types that are outputs of the net. */
export function isHead(type: string): boolean {
  return layerOf(type)?.family === 'head'
}

/** The heads in document order, those on a circle included. */
export function headsOf(document: Document, { shapes }: Expansion): readonly HeadFacts[] {
  return Object.entries(document.nodes)
    .filter(([, node]) => isHead(node.type))
    .map(([id, node]) => {
      const weight = Number(readParams(id, node, layerOf(node.type)!.params).values['weight'])
      const shape = shapes.get(id)
      return shape ? { id, shape, weight } : { id, weight }
    })
}

/** The head named `main`, or else the one with the longest way from the input (the first of several). */
export function mainHeadOf(heads: readonly HeadFacts[], { graph }: Expansion): string | undefined {
  if (heads.some((head) => head.id === 'main')) return 'main'
  const depths = new Map<string, number>()
  for (const { id, inputs } of graph.nodes) {
    depths.set(id, inputs.reduce((most, from) => Math.max(most, depths.get(from) ?? 0), 0) + 1)
  }
  let main: string | undefined
  for (const { id } of heads) {
    if (main === undefined || (depths.get(id) ?? 0) > (depths.get(main) ?? 0)) main = id
  }
  return main
}
