import { blockedConv } from '../../onnx/blocked.js'
import type { Emitter, Operand } from '../../onnx/emitter.js'

/** The attributes of LRN as tfjs has them: `x / (bias + alpha sum)^beta`, the sum of squares over `depthRadius` channels to each side. */
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
    return nearby(e, e.node('Mul', [x.name, x.name]), x, depthRadius, alpha, offset)
  })
}

/** `offset + value * sum over the channels within the radius`, of an image that has shape and layout of `x`. */
export function nearby(e: Emitter, name: string, x: Operand, radius: number, value: number, offset?: string): string {
  const filter = band(e, x, radius, value)
  if (x.layout === 'blocked') {
    return blockedConv(e, name, filter, { kernel: [1, 1], ...(offset !== undefined && { bias: offset }) })
  }
  return e.node('Conv', offset === undefined ? [name, filter] : [name, filter, offset])
}

/** A filter [channels, channels, 1, 1] that is `value` where two channels lie within the radius, block by block if need be. */
function band(e: Emitter, { shape, layout }: Operand, radius: number, value: number): string {
  const channels = shape[3] as number
  const block = layout === 'blocked' ? e.block : channels
  return e.once(`band ${channels} ${block} ${radius} ${value}`, () =>
    e.floats([channels, channels, 1, 1], bandOf(channels, radius, value, block)),
  )
}

/** The values of such a filter, [out / block, in / block, in, out]; of a single block it is the same either way around. */
export function bandOf(channels: number, radius: number, value: number, block = channels): Float32Array {
  const filter = new Float32Array(channels * channels)
  for (let out = 0; out < channels; out++) {
    for (let from = Math.max(0, out - radius); from <= Math.min(channels - 1, out + radius); from++) {
      const [outer, inner] = [Math.floor(out / block), Math.floor(from / block)]
      filter[((outer * (channels / block) + inner) * block + (from % block)) * block + (out % block)] = value
    }
  }
  return filter
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
