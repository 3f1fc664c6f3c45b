import type { Tensor } from '../layers/define.js'
import { backward, type Gradients } from './backward.js'
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
  const weights = net.trainable.map(({ name }) => source.state(name))
  const { outputs, statistics, gradients } = backward(source, request, net, weights)
  if (weights.length === 0) return { outputs, state: statistics }
  const changed =
    request.kind === 'accumulate'
      ? accumulated(source, net, gradients)
      : finished(source, request, net, weights, gradients)
  return { outputs, state: { ...statistics, ...changed } }
}

/** The gradients of one more part of a batch, added up. */
function accumulated(source: StepSource, net: Net, gradients: Gradients): Record<string, Tensor> {
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
  gradients: Gradients,
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
