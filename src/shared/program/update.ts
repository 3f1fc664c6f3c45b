import type { Tensor } from '../layers/define.js'
import { optimizerOf, type Slots } from './optimizers.js'
import { clipByNorm, clipByValue, decayed, decayOf } from './regularize.js'
import type { StepRequest, StepSource } from './request.js'
import { averageName, CORRECTION, type Net } from './state.js'

/** New weights, slots and averages; a weight that no head depends on keeps its value. */
export function update(
  source: StepSource,
  request: StepRequest,
  net: Net,
  weights: readonly Tensor[],
  gradients: readonly (Tensor | null)[],
): Record<string, Tensor> {
  const { tf } = source
  const { clipValue = 0, clipNorm = 0, weightDecay = 0, averageDecay = 0 } = request.rules ?? {}
  const optimizer = optimizerOf(request.optimizer)
  const rate = source.input('learning_rate', [], 'float32')
  const shared = optimizer.advance(tf, slots(source, '', optimizer.slots.shared))
  const next: Record<string, Tensor> = { ...shared }
  const clipped = clipByNorm(tf, clipByValue(tf, gradients, clipValue), clipNorm)
  const decay = decayOf(optimizer, weightDecay)
  net.trainable.forEach(({ name }, i) => {
    const raw = clipped[i]
    if (!raw) return
    const own = slots(source, `${name}/`, optimizer.slots.perWeight)
    const { weight, gradient } = decayed(tf, optimizer, { weight: weights[i] as Tensor, gradient: raw }, rate, decay)
    const updated = optimizer.update(tf, weight, gradient, own, rate, shared)
    next[name] = updated.weight
    for (const [suffix, value] of Object.entries(updated.slots)) next[`${name}/${suffix}`] = value
  })
  return averageDecay === 0 ? next : { ...next, ...averages(source, net, weights, next, averageDecay) }
}

/**
 * Moving averages of the weights after the update, `a = d a + (1 - d) w` (Polyak and Juditsky 1992 average evenly; with a decay as
 * in Szegedy et al. 2016, section 8). They begin at zero and are read divided by `CORRECTION`, which grows like them from ones:
 * so the first average is the first weight.
 */
function averages(
  { tf, state }: StepSource,
  net: Net,
  weights: readonly Tensor[],
  next: Readonly<Record<string, Tensor>>,
  decay: number,
): Record<string, Tensor> {
  const towards = (name: string, value: Tensor) => tf.add(tf.mul(state(name), decay), tf.mul(value, 1 - decay))
  const moved = net.trainable.map(({ name }, i) => {
    const average = averageName(name)
    return [average, towards(average, next[name] ?? (weights[i] as Tensor))] as const
  })
  return { ...Object.fromEntries(moved), [CORRECTION]: tf.add(tf.mul(state(CORRECTION), decay), 1 - decay) }
}

function slots(source: StepSource, prefix: string, names: readonly string[]): Slots {
  return Object.fromEntries(names.map((name) => [name, source.state(prefix + name)]))
}
