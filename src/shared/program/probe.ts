import type { Tensor } from '../layers/define.js'
import { backward, gradientsOf, type Gradients } from './backward.js'
import { layers, objective } from './objective.js'
import type { StepOutcome, StepRequest, StepSource } from './request.js'
import type { Net } from './state.js'
import { update } from './update.js'

/** Layers whose outputs can be zero for good, as no gradient passes where they are. */
const DYING: ReadonlySet<string> = new Set(['relu', 'relu6'])

/** What one pass over the net leaves behind; scalars, by node id. */
interface Traces {
  readonly outputs: Record<string, Tensor>
  readonly gradients: Record<string, Tensor>
  readonly dead: Record<string, Tensor>
}

/**
 * A look at what `train` would do with these inputs and this state, which it leaves as it is. Outputs besides those of
 * `evaluate`, each a vector in the order of `probeOrder`: sums of squares `probe/gradient`, `probe/weight` and `probe/update` per
 * trainable weight; mean squares `probe/output` and `probe/backward` (the gradient of the loss by the output) per node; `probe/dead`,
 * the share of channels that are zero everywhere in the batch, per node that can die; and `probe/heads`, the sum of squares of the
 * gradient of each head's weighted loss over all weights.
 */
export function probe(source: StepSource, request: StepRequest, net: Net): StepOutcome {
  const { tf } = source
  const weights = net.trainable.map(({ name }) => source.state(name))
  const traces: Traces = { outputs: {}, gradients: {}, dead: {} }
  const { outputs, gradients } = backward(source, request, net, weights, traced(source, request, traces))
  const next = weights.length > 0 ? update(source, request, net, weights, gradients) : {}
  const steps = net.trainable.map(({ name }, i) => {
    const value = next[name]
    return value ? tf.sub(value, weights[i] as Tensor) : null
  })
  const order = probeOrder(request)
  const squares = (values: Gradients) =>
    vector(
      source,
      values.map((value) => value && sumOfSquares(source, value)),
    )
  const ofNodes = (ids: readonly string[], values: Readonly<Record<string, Tensor>>) =>
    vector(
      source,
      ids.map((id) => values[id] ?? null),
    )
  const looks = {
    gradient: squares(gradients),
    weight: squares(weights),
    update: squares(steps),
    output: ofNodes(order.nodes, traces.outputs),
    backward: ofNodes(order.nodes, traces.gradients),
    dead: ofNodes(order.dying, traces.dead),
    heads: vector(
      source,
      order.heads.map((head) => headGradient(source, request, net, weights, head)),
    ),
  }
  const named = Object.entries(looks).flatMap(([name, value]) => (value ? [[`probe/${name}`, value] as const] : []))
  return { outputs: { ...outputs, ...Object.fromEntries(named) }, state: {} }
}

/** Ids in the order of the vectors that a probe returns. */
export function probeOrder({ analysis }: Pick<StepRequest, 'analysis'>) {
  const nodes = analysis.graph.nodes
  return {
    nodes: nodes.map(({ id }) => id),
    dying: nodes.filter(({ layer }) => DYING.has(layer.type)).map(({ id }) => id),
    heads: analysis.heads.map(({ id }) => id),
  }
}

/** Writes down what passes each layer: its output on the way there, the gradient by it on the way back. */
function traced(source: StepSource, request: StepRequest, traces: Traces) {
  const { tf } = source
  const dying = new Set(probeOrder(request).dying)
  return (node: string, value: Tensor): Tensor => {
    traces.outputs[node] = tf.keep(tf.mean(tf.square(value)))
    if (dying.has(node)) traces.dead[node] = tf.keep(deadShare(source, value))
    const tap = tf.customGrad((x) => ({
      value: tf.clone(x as Tensor),
      gradFunc: (dy: Tensor) => {
        traces.gradients[node] = tf.keep(tf.mean(tf.square(dy)))
        return dy
      },
    }))
    return tap(value)
  }
}

/** Share of channels, the last axis, that are zero or less at every place of every image. */
function deadShare({ tf }: StepSource, value: Tensor): Tensor {
  const axes = Array.from({ length: value.rank - 1 }, (_, axis) => axis)
  return tf.mean(tf.cast(tf.lessEqual(tf.max(value, axes), 0), 'float32'))
}

/** How strongly one head pulls at all weights together: by a pass of its own, as gradients of heads add up before they are seen. */
function headGradient(
  source: StepSource,
  request: StepRequest,
  net: Net,
  weights: readonly Tensor[],
  head: string,
): Tensor | null {
  const { tf } = source
  if (weights.length === 0) return null
  const gradients = gradientsOf(tf, weights, () => {
    const made = objective(source, request, layers(source, request, net), request.rules?.labelSmoothing)
    source.enter?.('')
    return tf.mul(made.losses[head] as Tensor, made.weights[head] as Tensor)
  })
  const parts = gradients.flatMap((gradient) => (gradient ? [sumOfSquares(source, gradient)] : []))
  return parts.length > 0 ? tf.addN(parts) : null
}

function sumOfSquares({ tf }: StepSource, value: Tensor): Tensor {
  return tf.sum(tf.square(value))
}

/** Scalars one behind the other; 0 where there is none. */
function vector({ tf }: StepSource, values: readonly (Tensor | null)[]): Tensor | undefined {
  if (values.length === 0) return undefined
  return tf.concat(values.map((value) => (value ? tf.reshape(value, [1]) : tf.tensor1d([0]))))
}
