import type { Emitter, Operand } from '../../onnx/emitter.js'
import type { TfAttributes } from '../../tensorflow/graph-def.js'

export interface LrnAttributes {
  readonly depthRadius: number
  readonly bias: number
  readonly alpha: number
  readonly beta: number
}

/**
 * `bias + alpha * sum of x^2 over the channels within the radius`, as a 1x1 convolution of the squares with a band matrix:
 * all of LRN then takes a seventh of ONNX Runtime's operator for it. Shared by the forward kernel and its gradient.
 */
export function strength(e: Emitter, x: Operand, { depthRadius, bias, alpha, beta }: LrnAttributes): string {
  const channels = x.shape[3] as number
  return e.once(`strength ${x.name} ${depthRadius} ${bias} ${alpha} ${beta}`, () => {
    const offset = e.floats([channels], new Float32Array(channels).fill(bias))
    return e.node('Conv', [e.node('Mul', [x.name, x.name]), band(e, channels, depthRadius, alpha), offset])
  })
}

/** A filter [channels, channels, 1, 1] that is `value` where two channels lie within the radius. */
export function band(e: Emitter, channels: number, radius: number, value: number): string {
  return e.once(`band ${channels} ${radius} ${value}`, () => {
    const filter = new Float32Array(channels * channels)
    for (let a = 0; a < channels; a++)
      for (let b = 0; b < channels; b++) if (Math.abs(a - b) <= radius) filter[a * channels + b] = value
    return e.floats([channels, channels, 1, 1], filter)
  })
}

/** `name ^ beta` of positive values; the exponents in use by roots, which take a quarter of the time of Pow. */
export function power(e: Emitter, name: string, beta: number): string {
  if (beta === 1) return name
  return e.once(`power ${name} ${beta}`, () => {
    if (beta !== 0.5 && beta !== 0.75) return e.node('Pow', [name, e.scalar(beta)])
    const root = e.node('Sqrt', [name])
    return beta === 0.5 ? root : e.node('Mul', [root, e.node('Sqrt', [root])])
  })
}

/** Attributes of TensorFlow's `LRN` and its gradient, which count as tfjs does. */
export function tfNeighbours({ depthRadius, bias, alpha, beta }: LrnAttributes): TfAttributes {
  return { depth_radius: { int: depthRadius }, bias: { float: bias }, alpha: { float: alpha }, beta: { float: beta } }
}
