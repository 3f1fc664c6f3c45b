import { runOnTfjs } from '../../src/main/engine/tfjs/run-step.js'
import type { FlatNode, NodeFacts } from '../../src/shared/graph/graph.js'
import { differentiated } from '../main/engine/program.js'

/** First and last row and column of the image that a value depends on; none if it depends on nothing. */
type Reached = readonly (readonly [first: number, last: number])[] | undefined

/**
 * By the gradient, what a pixel of a node (of one channel) depends on, whatever the layers are; kernels of ones, so that nothing
 * cancels, and shapes with the batch left out as the facts have them.
 */
export function reachedBy(nodes: readonly FlatNode[], id: string, facts: Readonly<Record<string, NodeFacts>>) {
  const [height, width] = facts[nodes[0]!.id]!.output as [number, number]
  const step = differentiated({
    inputs: { images: [1, height, width, 1] },
    compute: ({ images }, { tf }) => {
      const values = new Map([[nodes[0]!.id, images!]])
      for (const { id: path, layer, params, inputs } of nodes.slice(1)) {
        const given = inputs.map((from) => values.get(from)!)
        const specs = layer.weights?.(params, facts[path]!.inputs) ?? {}
        const ones = Object.entries(specs).map(([name, { shape }]) => [name, tf.ones([...shape])] as const)
        const context = { tf, training: false, update: () => {}, random: () => tf.zeros([1]) }
        values.set(path, layer.apply(context, params, given, Object.fromEntries(ones)))
      }
      return values.get(id)!
    },
  })
  return ([row, column]: readonly [number, number]): Reached => {
    const feeds = step.inputs.map(({ name, value }) => {
      const { shape } = step.values.get(value)!
      const data = new Float32Array(shape.reduce((a, b) => a * b, 1))
      if (name === 'slope') data[row * shape[2]! + column] = 1
      return [name, { data }] as const
    })
    const { data } = runOnTfjs(step, new Map(feeds)).outputs.get('d images')!
    const hits = [...data.keys()].filter((i) => data[i] !== 0)
    const sides = [hits.map((i) => Math.floor(i / width)), hits.map((i) => i % width)]
    return hits.length === 0 ? undefined : sides.map((side) => [Math.min(...side), Math.max(...side)] as const)
  }
}
