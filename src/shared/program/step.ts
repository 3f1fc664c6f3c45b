import type { Analysis } from '../graph/graph.js'
import type { Tensor, Tf } from '../layers/define.js'
import type { OptimizerName, Regularization } from '../training/settings.js'
import { forward, type ForwardResult } from './forward.js'
import { headLoss, weightedSum } from './losses.js'
import { optimizerOf, type Slots } from './optimizers.js'
import { clipByNorm, decayed, decayOf } from './regularize.js'
import { netOf, type Net } from './state.js'

/** Where a step gets its tensors: placeholders when it is traced, values when it is computed at once. */
export interface StepSource {
  readonly tf: Tf
  /** A value that changes with every call. */
  input(name: string, shape: readonly number[], type: 'float32' | 'int32'): Tensor
  /** A weight, statistic or slot. */
  state(name: string): Tensor
  /** Told before each layer, and with '' when gradients begin; see `ForwardSource.enter`. */
  enter?(node: string): void
}

/** What a step makes: outputs by name, and the next values of the state it changes. */
export interface StepOutcome {
  readonly outputs: Readonly<Record<string, Tensor>>
  readonly state: Readonly<Record<string, Tensor>>
}

/** Which step of which net. */
export interface StepRequest {
  readonly kind: 'train' | 'evaluate' | 'predict'
  readonly analysis: Analysis
  readonly optimizer: OptimizerName
  readonly batch: number
  /** For `train`; what is left out is 0. */
  readonly rules?: Partial<Regularization>
}

/**
 * One step as a pure function of inputs and state. Inputs: `images` [batch, height, width, channels], `labels` [batch],
 * `learning_rate`, `head_weight/<head>`, `random/<node>/<draw>`; outputs: `loss`, `loss/<head>`, `correct/<head>`,
 * `probabilities/<head>`, as the kind needs.
 */
export function runStep(source: StepSource, request: StepRequest): StepOutcome {
  const net = netOf(request.analysis)
  if (request.kind === 'predict') return predict(source, request, net)
  if (request.kind === 'evaluate') return evaluate(source, request, net)
  return train(source, request, net)
}

function predict(source: StepSource, request: StepRequest, net: Net): StepOutcome {
  const { logits } = layers(source, request, net, false)
  const outputs = Object.fromEntries(
    Object.entries(logits).map(([head, value]) => [`probabilities/${head}`, source.tf.softmax(value)]),
  )
  return { outputs, state: {} }
}

function evaluate(source: StepSource, request: StepRequest, net: Net): StepOutcome {
  return { outputs: objective(source, request, layers(source, request, net, false)).outputs, state: {} }
}

function train(source: StepSource, request: StepRequest, net: Net): StepOutcome {
  const { tf } = source
  const weights = net.trainable.map((weight) => source.state(weight.name))
  let outputs: Record<string, Tensor> = {}
  let statistics: Readonly<Record<string, Tensor>> = {}
  const goal = () => {
    const result = layers(source, request, net, true)
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
  return { outputs, state: { ...statistics, ...update(source, request, net, weights, grads) } }
}

/** New weights and slots; a weight that no head depends on keeps its value. */
function update(
  source: StepSource,
  request: StepRequest,
  net: Net,
  weights: readonly Tensor[],
  gradients: readonly (Tensor | null)[],
): Record<string, Tensor> {
  const { tf } = source
  const optimizer = optimizerOf(request.optimizer)
  const rate = source.input('learning_rate', [], 'float32')
  const shared = optimizer.advance(tf, slots(source, '', optimizer.slots.shared))
  const next: Record<string, Tensor> = { ...shared }
  const clipped = clipByNorm(tf, gradients, request.rules?.clipNorm ?? 0)
  const decay = decayOf(optimizer, request.rules?.weightDecay ?? 0)
  net.trainable.forEach(({ name }, i) => {
    const raw = clipped[i]
    if (!raw) return
    const own = slots(source, `${name}/`, optimizer.slots.perWeight)
    const { weight, gradient } = decayed(tf, optimizer, { weight: weights[i] as Tensor, gradient: raw }, rate, decay)
    const updated = optimizer.update(tf, weight, gradient, own, rate, shared)
    next[name] = updated.weight
    for (const [suffix, value] of Object.entries(updated.slots)) next[`${name}/${suffix}`] = value
  })
  return next
}

function slots(source: StepSource, prefix: string, names: readonly string[]): Slots {
  return Object.fromEntries(names.map((name) => [name, source.state(prefix + name)]))
}

function layers(source: StepSource, request: StepRequest, net: Net, training: boolean): ForwardResult {
  return forward(
    {
      tf: source.tf,
      training,
      images: source.input('images', [request.batch, ...net.input], 'float32'),
      weight: (name) => source.state(name),
      random: (node, index, shape) => source.input(`random/${node}/${index}`, shape, 'float32'),
      ...(source.enter && { enter: source.enter }),
    },
    request.analysis.graph,
    net.names,
  )
}

/** Losses and hits of every head, and their weighted sum. */
function objective(source: StepSource, request: StepRequest, { logits }: ForwardResult, smoothing = 0) {
  const { tf } = source
  const labels = source.input('labels', [request.batch], 'int32')
  const losses: Record<string, Tensor> = {}
  const weights: Record<string, Tensor> = {}
  const outputs: Record<string, Tensor> = {}
  for (const [head, value] of Object.entries(logits)) {
    source.enter?.(head)
    const { loss, correct } = headLoss(tf, value, labels, smoothing)
    losses[head] = loss
    weights[head] = source.input(`head_weight/${head}`, [], 'float32')
    outputs[`loss/${head}`] = loss
    outputs[`correct/${head}`] = correct
  }
  const loss = weightedSum(tf, losses, weights)
  outputs['loss'] = loss
  return { loss, outputs }
}
