import type { FlatNode } from '../graph/graph.js'
import type { Tensor } from '../layers/define.js'
import { forward, type ForwardResult, type ForwardSource } from './forward.js'
import { headLoss, weightedSum } from './losses.js'
import type { StepRequest, StepSource } from './request.js'
import { averageName, CORRECTION, type Net } from './state.js'

/** All layers that heads depend on. Outside training the weights are their moving averages, where the rules keep such. */
export function layers(
  source: StepSource,
  request: StepRequest,
  net: Net,
  made?: NonNullable<ForwardSource['made']>,
): ForwardResult {
  const training = request.kind !== 'evaluate' && request.kind !== 'predict'
  const averaged = new Set(!training && request.rules?.averageDecay ? net.trainable.map(({ name }) => name) : [])
  const weight = (name: string) =>
    averaged.has(name) ? source.tf.div(source.state(averageName(name)), source.state(CORRECTION)) : source.state(name)
  return forward(
    {
      tf: source.tf,
      training,
      images: source.input('images', [request.batch, ...net.input], 'float32'),
      weight,
      random: (node, index, shape) => source.input(`random/${node}/${index}`, shape, 'float32'),
      ...(source.enter && { enter: source.enter }),
      ...(made && { made }),
    },
    request.analysis.graph,
    net.names,
  )
}

/** What training makes small, and what is told of it; every tensor is one number. */
export interface Objective {
  /** Weighted sum over heads. */
  readonly loss: Tensor
  /** Mean over the batch, by head, before the weight. */
  readonly losses: Readonly<Record<string, Tensor>>
  /** By head, as fed. */
  readonly weights: Readonly<Record<string, Tensor>>
  /** `loss`, `loss/<head>`, `correct/<head>`, and `error/<head>` of heads that answer with a number. */
  readonly outputs: Readonly<Record<string, Tensor>>
}

/** Losses and hits of every head, and their weighted sum. */
export function objective(
  source: StepSource,
  request: StepRequest,
  { logits }: ForwardResult,
  smoothing = 0,
): Objective {
  const { tf } = source
  const labels = source.input('labels', [request.batch], 'int32')
  const losses: Record<string, Tensor> = {}
  const weights: Record<string, Tensor> = {}
  const outputs: Record<string, Tensor> = {}
  for (const [head, value] of Object.entries(logits)) {
    source.enter?.(head)
    const { loss, correct, error } = headLoss(tf, nodeOf(request, head), value, labels, smoothing)
    losses[head] = loss
    weights[head] = source.input(`head_weight/${head}`, [], 'float32')
    outputs[`loss/${head}`] = loss
    outputs[`correct/${head}`] = correct
    if (error) outputs[`error/${head}`] = error
  }
  const loss = weightedSum(tf, losses, weights)
  outputs['loss'] = loss
  return { loss, losses, weights, outputs }
}

/** The node of a head. */
export function nodeOf({ analysis }: Pick<StepRequest, 'analysis'>, id: string): FlatNode {
  const node = analysis.graph.nodes.find((node) => node.id === id)
  if (!node) throw new Error(`The net has no head ${id}.`)
  return node
}
