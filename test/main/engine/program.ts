import { traceProgram } from '../../../src/main/engine/trace/trace.js'
import type { Step } from '../../../src/main/engine/step/step.js'
import { tf } from '../../../src/main/engine/tf.js'
import type { StepFeeds } from '../../../src/main/engine/tfjs/run-step.js'
import type { StepSource } from '../../../src/shared/program/request.js'
import { uniform } from '../../../src/shared/random.js'

type Tensor = tf.Tensor

/** Tensors that a function is differentiated for, by name: shapes of rank 4 named in `filters` are stored as filters. */
export interface Differentiable {
  readonly inputs: Readonly<Record<string, readonly number[]>>
  /** Tensors of this name are state, as weights are: rank 4 means a convolution filter. */
  readonly weights?: Readonly<Record<string, readonly number[]>>
  readonly compute: (tensors: Readonly<Record<string, Tensor>>, source: StepSource) => Tensor
}

/** A step that computes `y` and, for `sum(y * slope)` with an input `slope` of y's shape, the gradient `d <name>` of every tensor. */
export function differentiated({ inputs, weights = {}, compute }: Differentiable): Step {
  return traceProgram(new Map(Object.entries(weights)), (source) => {
    const names = [...Object.keys(inputs), ...Object.keys(weights)]
    const tensors = Object.fromEntries([
      ...Object.entries(inputs).map(([name, shape]) => [name, source.input(name, shape, 'float32')]),
      ...Object.keys(weights).map((name) => [name, source.state(name)]),
    ]) as Record<string, Tensor>
    let y: Tensor | undefined
    const { grads } = tf.engine().gradients(
      () => {
        y = compute(tensors, source)
        return tf.sum(tf.mul(y, source.input('slope', y.shape, 'float32')))
      },
      names.map((name) => tensors[name]!),
      undefined,
      true,
    )
    const gradients = names.flatMap((name, i) => (grads[i] ? [[`d ${name}`, grads[i]] as const] : []))
    return { outputs: { y: y!, ...Object.fromEntries(gradients) }, state: {} }
  })
}

/** Smooth numbers in about ±1.5 for everything a step is fed, a function of the name; `random/…` inputs get 0 to 1. */
export function feedsOf(step: Step, seed = 1): StepFeeds {
  return new Map(
    [...step.inputs, ...step.state].map(({ name, value }) => {
      const { shape, dtype } = step.values.get(value)!
      const size = shape.reduce((a, b) => a * b, 1)
      const key = Array.from(name, (letter) => letter.charCodeAt(0))
      const data = Float32Array.from({ length: size }, (_, i) => {
        const u = uniform(seed, ...key, i)
        return name.startsWith('random/') ? Math.min(u, 0.999) : 3 * u - 1.5
      })
      return [name, { data: dtype === 'int32' ? Int32Array.from(data, Math.abs) : data }]
    }),
  )
}

/** Largest difference of two tensors over all their common names, each relative to the largest value of its tensor. */
export function largestDifference(
  a: ReadonlyMap<string, { readonly data: Float32Array }>,
  b: ReadonlyMap<string, { readonly data: Float32Array }>,
): number {
  let largest = 0
  for (const [name, { data }] of a) {
    const other = b.get(name)!.data
    const scale = data.reduce((top, value) => Math.max(top, Math.abs(value)), 1e-3)
    data.forEach((value, i) => {
      const difference = Math.abs(value - other[i]!) / scale
      largest = Math.max(largest, Number.isNaN(difference) ? Infinity : difference)
    })
  }
  return largest
}
