import type { Tensor, Tf } from '../layers/define.js'
import type { ForwardSource } from './forward.js'
import { layers, objective } from './objective.js'
import type { StepRequest, StepSource } from './request.js'
import type { Net } from './state.js'

/** By weight, each with its shape; `null` where the loss does not depend on it. */
export type Gradients = readonly (Tensor | null)[]

/** What a batch leaves behind on its way through a net and back. */
export interface Backward {
  /** As in `Objective`. */
  readonly outputs: Readonly<Record<string, Tensor>>
  /** Next values of moving statistics by full name. */
  readonly statistics: Readonly<Record<string, Tensor>>
  readonly gradients: Gradients
}

/** The weighted loss of a batch and its gradient by each of the weights; `made` as in `layers`. */
export function backward(
  source: StepSource,
  request: StepRequest,
  net: Net,
  weights: readonly Tensor[],
  made?: NonNullable<ForwardSource['made']>,
): Backward {
  let outputs: Backward['outputs'] = {}
  let statistics: Backward['statistics'] = {}
  const gradients = gradientsOf(source.tf, weights, () => {
    const result = layers(source, request, net, made)
    const goal = objective(source, request, result, request.rules?.labelSmoothing)
    outputs = goal.outputs
    statistics = result.statistics
    source.enter?.('')
    return goal.loss
  })
  return { outputs, statistics, gradients }
}

/** Gradients of the one number that `goal` computes; it runs once, also where there are no weights. */
export function gradientsOf(tf: Tf, weights: readonly Tensor[], goal: () => Tensor): Gradients {
  if (weights.length > 0) return tf.engine().gradients(goal, [...weights], undefined, true).grads
  goal()
  return []
}
