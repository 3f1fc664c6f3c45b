import { blockedConv } from '../../onnx/blocked.js'
import type { Emitter, Operand } from '../../onnx/emitter.js'
import { count, type Spec } from '../../step/step.js'

/** Helpers for kernels that treat every channel by itself, for images [batch, height, width, channels] and [batch, units]. */

/** Stored axes of all but the channels. */
function otherAxes(x: Operand): number[] {
  return x.shape.length === 4 ? [0, 2, 3] : [0]
}

/** Values in one channel of the batch. */
export function perChannel(x: Spec): number {
  return count(x.shape) / (x.shape.at(-1) as number)
}

/** A vector [channels] shaped so that it combines with `x` value by value. */
export function along(e: Emitter, vector: string, x: Operand): string {
  return x.shape.length === 4 ? e.reshape(vector, [x.shape[3] as number, 1, 1]) : vector
}

/** Sum over all but the channels. */
export function channelSum(e: Emitter, operator: 'ReduceSum' | 'ReduceMean', name: string, x: Operand) {
  return e.node(operator, [name, e.ints(otherAxes(x))], { keepdims: { int: 0 } })
}

/** Images of at least this many places are summed by matrix products; below, the calls cost more than they save. */
const MANY_PLACES = 512

/** Sum of `a * b` over all but the channels; both have the shape of `x`. */
export function channelProduct(e: Emitter, a: string, b: string, x: Operand): string {
  const [batch, height = 1, width = 1, channels] = x.shape as [number, number?, number?, number?]
  if (channels === undefined || height * width < MANY_PLACES)
    return channelSum(e, 'ReduceSum', e.node('Mul', [a, b]), x)
  const lines = [batch * channels, 1, height * width]
  const product = [e.reshape(a, lines), e.reshape(b, lines)]
  const sums = e.node('FusedMatMul', product, { transB: { int: 1 } }, 'com.microsoft')
  return channelSumOfRows(e, e.reshape(sums, [batch, channels]))
}

function channelSumOfRows(e: Emitter, rows: string): string {
  return e.node('ReduceSum', [rows, e.ints([0])], { keepdims: { int: 0 } })
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

/** `scale / sqrt(variance + epsilon)` per channel; shared by a forward kernel and its gradient. */
export function normFactor(e: Emitter, scale: string, variance: string, epsilon: number): string {
  return e.once(`norm factor ${scale} ${variance} ${epsilon}`, () =>
    e.node('Mul', [scale, inverseDeviation(e, variance, epsilon)]),
  )
}

/** `centred` for a blocked image. */
export function centredInBlocks(e: Emitter, image: string, mean: string, channels: number): string {
  return e.once(`centred ${image} ${mean}`, () => {
    return blockedConv(e, image, e.ones([channels, 1, 1, 1]), {
      kernel: [1, 1],
      groups: channels,
      bias: e.node('Neg', [mean]),
    })
  })
}

/** Sum or mean of NCHW images of one pixel over the batch: [channels]. */
export function overBatch(e: Emitter, operator: 'ReduceSum' | 'ReduceMean', name: string): string {
  return e.node(operator, [name, e.ints([0, 2, 3])], { keepdims: { int: 0 } })
}
