import type { GraphEmitter, TfValue } from '../../tensorflow/emitter.js'
import { bandOf, type LrnAttributes } from './neighbours.js'

/**
 * `bias + alpha * sum of x^2 over the channels within the radius`, as `strength` is for ONNX. With it, LRN and its gradient take
 * two fifths of TensorFlow's operators for them on a processor: its gradient goes through the values one by one, with a power each.
 */
export function tfStrength(e: GraphEmitter, x: TfValue, { depthRadius, bias, alpha }: LrnAttributes): string {
  return e.once(`strength ${x.name} ${depthRadius} ${bias} ${alpha}`, () => {
    const near = tfNearby(e, e.typed('Square', x.dtype, [x.name]), x, depthRadius, alpha)
    const channels = x.shape[3] as number
    return e.typed('BiasAdd', x.dtype, [near, e.floats([channels], Array<number>(channels).fill(bias))])
  })
}

/** `value * sum over the channels within the radius`, of an image that has the shape of `x`. */
export function tfNearby(
  e: GraphEmitter,
  name: string,
  { shape, dtype }: TfValue,
  radius: number,
  value: number,
): string {
  const channels = shape[3] as number
  const band = e.once(`band ${channels} ${radius} ${value}`, () =>
    e.constant('float32', [1, 1, channels, channels], bandOf(channels, radius, value)),
  )
  const window = { strides: { ints: [1, 1, 1, 1] }, padding: { string: 'VALID' } }
  return e.typed('Conv2D', dtype, [name, band], window)
}

/** `name ^ -beta` of positive values; the exponents in use by roots, which take a fraction of the time of Pow. */
export function tfShrunk(e: GraphEmitter, name: string, beta: number): string {
  return e.once(`shrunk ${name} ${beta}`, () => {
    if (beta === 0.5) return e.typed('Rsqrt', 'float32', [name])
    if (beta !== 0.75) return e.typed('Pow', 'float32', [name, e.scalar(-beta)])
    const root = e.typed('Sqrt', 'float32', [name])
    return e.typed('Rsqrt', 'float32', [e.typed('Mul', 'float32', [name, root])])
  })
}
