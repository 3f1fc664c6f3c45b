import type { Tensor } from '../layers/define.js'
import { backward, type Backward } from './backward.js'
import type { StepOutcome, StepRequest, StepSource } from './request.js'
import { netOf } from './state.js'
import { update } from './update.js'

/** What one replica makes of its share of the batch. */
interface Share extends Backward {
  /** Its part of the batch, 0 to 1. */
  readonly weight: number
}

/** Mark of the nodes of replica `index` in a trace: what a layer does there belongs to `@1/conv`, its gradients to `@1/`. */
function replicaMark(index: number): string {
  return `@${index}/`
}

/** Replica of a node by what it belongs to; 0 for what is done once, such as the update. */
export function replicaOf(origin: string): number {
  return Number(/^@(\d+)\//.exec(origin)?.[1] ?? 0)
}

/** Images of each replica: even shares, the first ones larger by one where the batch does not divide; none is empty. */
export function shares(batch: number, replicas: number): readonly number[] {
  const used = Math.min(batch, replicas)
  return Array.from({ length: used }, (_, i) => Math.floor(batch / used) + (i < batch % used ? 1 : 0))
}

/**
 * A training step whose batch is shared out over replicas with the same weights: gradients, losses and moving statistics are
 * averaged, weighted by the images of each share, before one update. Without batch norm that is the step of the whole batch; batch
 * norm normalises every share by its own statistics.
 */
export function replicated(source: StepSource, request: StepRequest): StepOutcome {
  const { tf } = source
  const net = netOf(request.analysis)
  const weights = net.trainable.map(({ name }) => source.state(name))
  const sizes = shares(request.batch, request.replicas ?? 1)
  const made = sizes.map((_, index) => share(source, request, sizes, index, weights))
  source.enter?.('')
  const mean = (values: readonly Tensor[]) => weighted(source, values, made)
  const names = Object.keys(made[0]?.outputs ?? {})
  const outputs = names.map((name) => {
    const values = made.map(({ outputs }) => outputs[name] as Tensor)
    return [name, name.startsWith('correct/') ? tf.addN(values) : mean(values)] as const
  })
  const statistics = Object.keys(made[0]?.statistics ?? {}).map((name) => {
    return [name, mean(made.map(({ statistics }) => statistics[name] as Tensor))] as const
  })
  const gradients = weights.map((_, i) => {
    const parts = made.flatMap(({ gradients }) => gradients[i] ?? [])
    return parts.length === made.length ? mean(parts) : null
  })
  const changed = weights.length > 0 ? update(source, request, net, weights, gradients) : {}
  return { outputs: Object.fromEntries(outputs), state: { ...Object.fromEntries(statistics), ...changed } }
}

function share(
  source: StepSource,
  request: StepRequest,
  sizes: readonly number[],
  index: number,
  weights: readonly Tensor[],
): Share {
  const batch = sizes[index] as number
  const net = netOf(request.analysis)
  const own: StepSource = {
    ...source,
    enter: (node) => source.enter?.(replicaMark(index) + node),
    input: (name, shape, type) => shareOf(source, name, shape, type, sizes, index),
  }
  own.enter?.('')
  return { weight: batch / request.batch, ...backward(own, { ...request, batch }, net, weights) }
}

/** Inputs are those of the whole batch: what holds a value per image is split where it is fed. */
function shareOf(
  source: StepSource,
  name: string,
  shape: readonly number[],
  type: 'float32' | 'int32',
  sizes: readonly number[],
  index: number,
): Tensor {
  const perImage = name === 'images' || name === 'labels' || name.startsWith('random/')
  if (!perImage) return source.input(name, shape, type)
  source.enter?.('')
  const all = source.input(name, [sizes.reduce((sum, size) => sum + size, 0), ...shape.slice(1)], type)
  const part = sizes.length === 1 ? all : (source.tf.split(all, [...sizes], 0)[index] as Tensor)
  source.enter?.(replicaMark(index))
  return part
}

function weighted({ tf }: StepSource, values: readonly Tensor[], made: readonly Share[]): Tensor {
  return tf.addN(values.map((value, i) => tf.mul(value, (made[i] as Share).weight)))
}
