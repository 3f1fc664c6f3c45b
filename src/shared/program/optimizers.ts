import type { Tensor, Tf } from '../layers/define.js'
import type { OptimizerName } from '../training/settings.js'

/** Slots that an optimizer keeps; all of them begin at zero. */
export interface SlotNames {
  /** Suffixes of a weight's own slots, of the weight's shape: `conv1/kernel/momentum`. */
  readonly perWeight: readonly string[]
  /** Scalars that all weights share. */
  readonly shared: readonly string[]
}

/** One update: slots by suffix or shared name, before and after. */
export interface Optimizer {
  readonly slots: SlotNames
  /** For one that keeps decay out of the gradient: the share of a kernel taken away at a rate of 1 where none is asked for. */
  readonly decoupledDecay?: number
  /** New shared scalars, computed once a step. */
  advance(tf: Tf, shared: Slots): Slots
  /** New weight and slots of one weight; `shared` are the advanced scalars. */
  update(tf: Tf, weight: Tensor, gradient: Tensor, slots: Slots, rate: Tensor, shared: Slots): Updated
}

/** What an optimizer remembers of one weight, by slot name; each has the shape of the weight. */
export type Slots = Readonly<Record<string, Tensor>>

/** A weight and its slots after an update. */
export interface Updated {
  readonly weight: Tensor
  readonly slots: Slots
}

const MOMENTUM = 0.9
const BETA1 = 0.9
const BETA2 = 0.999
const EPSILON = 1e-7
const RHO = 0.9

const sgd: Optimizer = {
  slots: { perWeight: [], shared: [] },
  advance: () => ({}),
  update: (tf, weight, gradient, _slots, rate) => ({ weight: tf.sub(weight, tf.mul(rate, gradient)), slots: {} }),
}

/** `v = 0.9 v + g; w = w - rate v` (Polyak 1964, as PyTorch and Keras write it for a constant rate). */
const momentum: Optimizer = {
  slots: { perWeight: ['momentum'], shared: [] },
  advance: () => ({}),
  update: (tf, weight, gradient, slots, rate) => {
    const velocity = tf.add(tf.mul(slot(slots, 'momentum'), MOMENTUM), gradient)
    return { weight: tf.sub(weight, tf.mul(rate, velocity)), slots: { momentum: velocity } }
  },
}

/** `v = 0.9 v + g; w = w - rate (g + 0.9 v)` (Nesterov 1983, in the form of Sutskever et al. 2013, as PyTorch and Keras write it). */
const nesterov: Optimizer = {
  slots: { perWeight: ['momentum'], shared: [] },
  advance: () => ({}),
  update: (tf, weight, gradient, slots, rate) => {
    const velocity = tf.add(tf.mul(slot(slots, 'momentum'), MOMENTUM), gradient)
    const ahead = tf.add(gradient, tf.mul(velocity, MOMENTUM))
    return { weight: tf.sub(weight, tf.mul(rate, ahead)), slots: { momentum: velocity } }
  },
}

/** `v = 0.9 v + 0.1 g^2; w = w - rate g / sqrt(v + 1e-7)` (Tieleman and Hinton 2012), with epsilon under the root as Keras has it. */
const rmsprop: Optimizer = {
  slots: { perWeight: ['rmsprop'], shared: [] },
  advance: () => ({}),
  update: (tf, weight, gradient, slots, rate) => {
    const v = tf.add(tf.mul(slot(slots, 'rmsprop'), RHO), tf.mul(tf.square(gradient), 1 - RHO))
    const step = tf.div(tf.mul(rate, gradient), tf.sqrt(tf.add(v, EPSILON)))
    return { weight: tf.sub(weight, step), slots: { rmsprop: v } }
  },
}

/**
 * `w = w - rate sqrt(1 - b2^t) / (1 - b1^t) m / (sqrt(v) + 1e-7)`: Kingma and Ba 2015, end of section 2, with epsilon
 * outside the bias correction as Keras has it. State holds `1 - b^t` itself, grown by `c = b c + (1 - b)`: it needs no
 * step number, and in float32 `1 - 0.999^t` computed from the power would be off by 5e-5 in the first steps.
 */
const adam: Optimizer = {
  slots: { perWeight: ['adam_m', 'adam_v'], shared: ['adam_correction1', 'adam_correction2'] },
  advance: (tf, shared) => ({
    adam_correction1: tf.add(tf.mul(slot(shared, 'adam_correction1'), BETA1), 1 - BETA1),
    adam_correction2: tf.add(tf.mul(slot(shared, 'adam_correction2'), BETA2), 1 - BETA2),
  }),
  update: (tf, weight, gradient, slots, rate, shared) => {
    const m = tf.add(tf.mul(slot(slots, 'adam_m'), BETA1), tf.mul(gradient, 1 - BETA1))
    const v = tf.add(tf.mul(slot(slots, 'adam_v'), BETA2), tf.mul(tf.square(gradient), 1 - BETA2))
    const correction = tf.div(tf.sqrt(slot(shared, 'adam_correction2')), slot(shared, 'adam_correction1'))
    const step = tf.div(tf.mul(tf.mul(rate, correction), m), tf.add(tf.sqrt(v), EPSILON))
    return { weight: tf.sub(weight, step), slots: { adam_m: m, adam_v: v } }
  },
}

/** Adam whose kernels also shrink, apart from the gradient (Loshchilov and Hutter 2019, algorithm 2); see `regularize.ts`. */
const adamw: Optimizer = { ...adam, decoupledDecay: 0.01 }

const OPTIMIZERS: Readonly<Record<OptimizerName, Optimizer>> = { sgd, momentum, nesterov, rmsprop, adam, adamw }

/** The update rule of a name. */
export function optimizerOf(name: OptimizerName): Optimizer {
  return OPTIMIZERS[name]
}

function slot(slots: Slots, name: string): Tensor {
  const tensor = slots[name]
  if (tensor === undefined) throw new Error(`The optimizer slot ${name} is missing.`)
  return tensor
}
