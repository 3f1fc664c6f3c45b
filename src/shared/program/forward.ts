import type { FlatGraph } from '../graph/graph.js'
import type { Tensor, Tf } from '../layers/define.js'

/** What the layers of a net are run with. */
export interface ForwardSource {
  readonly tf: Tf
  readonly training: boolean
  /** Images NHWC, float32. */
  readonly images: Tensor
  /** The weight or statistic `<node>/<name>`. */
  weight(name: string): Tensor
  /** Uniform numbers in [0, 1) for a node; `index` counts the node's draws. */
  random(node: string, index: number, shape: readonly number[]): Tensor
  /** Told before a layer is computed: errors and kernels belong to this node from here on. */
  enter?(node: string): void
  /** Told the value of a layer; returns what the layers behind it are given, the same value for instance. */
  made?(node: string, value: Tensor): Tensor
}

/** What a net computes of one batch. */
export interface ForwardResult {
  /** Logits [batch, classes] by head id. */
  readonly logits: Readonly<Record<string, Tensor>>
  /** Next values of moving statistics by full name; empty unless training. */
  readonly statistics: Readonly<Record<string, Tensor>>
}

/** Compute every node that a head depends on, front to back; `names[node]` are the weights of each node. */
export function forward(
  source: ForwardSource,
  graph: FlatGraph,
  names: Readonly<Record<string, readonly string[]>>,
): ForwardResult {
  const values = new Map<string, Tensor>()
  const logits: Record<string, Tensor> = {}
  const statistics: Record<string, Tensor> = {}
  const needed = ancestorsOfHeads(graph)
  for (const node of graph.nodes) {
    if (!needed.has(node.id)) continue
    source.enter?.(node.id)
    let draws = 0
    const context = {
      tf: source.tf,
      training: source.training,
      update: (weight: string, value: Tensor) => void (statistics[`${node.id}/${weight}`] = value),
      random: (shape: readonly number[]) => source.random(node.id, draws++, shape),
    }
    const isInput = node.layer.inputs === 'none'
    const inputs = isInput ? [source.images] : node.inputs.map((id) => values.get(id) as Tensor)
    const weights = Object.fromEntries(
      (names[node.id] ?? []).map((name) => [name, source.weight(`${node.id}/${name}`)]),
    )
    const made = node.layer.apply(context, node.params, inputs, weights)
    const value = source.made?.(node.id, made) ?? made
    values.set(node.id, value)
    if (node.layer.family === 'head') logits[node.id] = value
  }
  return { logits, statistics }
}

/** Ids of the heads and of everything that feeds them. */
function ancestorsOfHeads(graph: FlatGraph): ReadonlySet<string> {
  const needed = new Set<string>()
  for (const node of graph.nodes.toReversed()) {
    if (node.layer.family === 'head') needed.add(node.id)
    if (needed.has(node.id)) for (const input of node.inputs) needed.add(input)
  }
  return needed
}
