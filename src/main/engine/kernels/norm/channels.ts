import type { Emitter, Operand } from '../../onnx/emitter.js'
import { count } from '../../step/step.js'

/** Helpers for kernels that treat every channel by itself, for images [batch, height, width, channels] and [batch, units]. */

/** Stored axes of all but the channels. */
export function otherAxes(x: Operand): number[] {
  return x.shape.length === 4 ? [0, 2, 3] : [0]
}

/** Values in one channel of the batch. */
export function perChannel(x: Operand): number {
  return count(x.shape) / (x.shape.at(-1) as number)
}

/** A vector [channels] shaped so that it combines with `x` value by value. */
export function along(e: Emitter, vector: string, x: Operand): string {
  return x.shape.length === 4 ? e.reshape(vector, [x.shape[3] as number, 1, 1]) : vector
}

/** Sum over all but the channels. */
export function channelSum(
  e: Emitter,
  operator: 'ReduceSum' | 'ReduceMean' | 'ReduceSumSquare',
  name: string,
  x: Operand,
) {
  return e.node(operator, [name, e.ints(otherAxes(x))], { keepdims: { int: 0 } })
}

/** `x` minus its mean per channel; shared by a forward kernel and its gradient. */
export function centred(e: Emitter, x: Operand, mean: string): string {
  return e.once(`centred ${x.name} ${mean}`, () => e.node('Sub', [x.name, along(e, mean, x)]))
}

/** `1 / sqrt(variance + epsilon)` per channel; shared by a forward kernel and its gradient. */
export function inverseDeviation(e: Emitter, variance: string, epsilon: number): string {
  return e.once(`inverse deviation ${variance} ${epsilon}`, () =>
    e.node('Reciprocal', [e.node('Sqrt', [e.node('Add', [variance, e.scalar(epsilon)])])]),
  )
}
