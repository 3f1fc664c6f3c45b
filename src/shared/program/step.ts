import type { Tensor } from '../layers/define.js'
import { headSpecOf } from './losses.js'
import { layers, nodeOf, objective } from './objective.js'
import { probe } from './probe.js'
import type { StepOutcome, StepRequest, StepSource } from './request.js'
import { replicated } from './replicas.js'
import { gradientSumName, netOf, type Net } from './state.js'
import { update } from './update.js'

/**
 * One step as a pure function of inputs and state. Inputs: `images` [batch, height, width, channels], `labels` [batch],
 * `learning_rate`, `head_weight/<head>`, `random/<node>/<draw>`; outputs: `loss`, `loss/<head>`, `correct/<head>`,
 * `error/<head>`, `probabilities/<head>` (or the number that a head answers with), `probe/…`, as the kind needs.
 */
export function runStep(source: StepSource, request: StepRequest): StepOutcome {
  const net = netOf(request.analysis)
  switch (request.kind) {
    case 'predict':
      return predict(source, request, net)
    case 'evaluate':
      return { outputs: objective(source, request, layers(source, request, net)).outputs, state: {} }
    case 'probe':
      return probe(source, request, net)
    case 'train':
      return (request.replicas ?? 1) > 1 ? replicated(source, request) : train(source, request, net)
    case 'accumulate':
      return train(source, request, net)
  }
}

function predict(source: StepSource, request: StepRequest, net: Net): StepOutcome {
  const { logits } = layers(source, request, net)
  const outputs = Object.fromEntries(
    Object.entries(logits).map(([id, value]) => {
      const node = nodeOf(request, id)
      return [`probabilities/${id}`, headSpecOf(node).output(source.tf, node.params, value)]
    }),
  )
  return { outputs, state: {} }
}

function train(source: StepSource, request: StepRequest, net: Net): StepOutcome {
  const { tf } = source
  const weights = net.trainable.map((weight) => source.state(weight.name))
  let outputs: Readonly<Record<string, Tensor>> = {}
  let statistics: Readonly<Record<string, Tensor>> = {}
  const goal = () => {
    const result = layers(source, request, net)
    const made = objective(source, request, result, request.rules?.labelSmoothing)
    outputs = made.outputs
    statistics = result.statistics
    source.enter?.('')
    return made.loss
  }
  if (weights.length === 0) {
    goal()
    return { outputs, state: statistics }
  }
  const { grads } = tf.engine().gradients(goal, weights, undefined, true)
  const changed =
    request.kind === 'accumulate' ? accumulated(source, net, grads) : finished(source, request, net, weights, grads)
  return { outputs, state: { ...statistics, ...changed } }
}

type Gradient = Tensor | null

/** The gradients of one more part of a batch, added up. */
function accumulated(source: StepSource, net: Net, gradients: readonly Gradient[]): Record<string, Tensor> {
  const sums = net.trainable.flatMap(({ name }, i) => {
    const [sum, gradient] = [gradientSumName(name), gradients[i]]
    return gradient ? [[sum, source.tf.add(source.state(sum), gradient)] as const] : []
  })
  return Object.fromEntries(sums)
}

/** The update of a batch: with gradients averaged over its parts, whose sums begin anew. */
function finished(
  source: StepSource,
  request: StepRequest,
  net: Net,
  weights: readonly Tensor[],
  gradients: readonly Gradient[],
): Record<string, Tensor> {
  const { tf } = source
  const parts = request.rules?.microBatches ?? 1
  if (parts === 1) return update(source, request, net, weights, gradients)
  const added = accumulated(source, net, gradients)
  const averaged = net.trainable.map(({ name }) => {
    const sum = added[gradientSumName(name)]
    return sum ? tf.div(sum, parts) : null
  })
  const emptied = Object.keys(added).map((name) => [name, tf.mul(source.state(name), 0)] as const)
  return { ...update(source, request, net, weights, averaged), ...Object.fromEntries(emptied) }
}
