import type { GraphEmitter, TfValue } from '../../tensorflow/emitter.js'
import { bandOf, type LrnAttributes } from './neighbours.js'

/**
 * `bias + alpha * sum of x^2 over the channels within the radius`, as `strength` is for ONNX. With it, LRN and its gradient take
 * two fifths of TensorFlow's operators for them on a processor: its gradient goes through the values one by one, with a power each.
 */
export function tfStrength(e: GraphEmitter, x: TfValue, { depthRadius, bias, alpha }: LrnAttributes): string {
  return e.once(`strength ${x.name} ${depthRadius} ${bias} ${alpha}`, () =>
    tfNearby(e, e.typed('Square', x.dtype, [x.name]), x, depthRadius, alpha, bias),
  )
}

/** Channels of a block, and from how many on the blocks are worth it: measured. */
const BLOCK = 16
const MANY = 128

/**
 * `offset + value * sum over the channels within the radius`, of an image that has the shape of `x`. Few channels are multiplied
 * with a band matrix. Many are read as a row of blocks, each of which needs itself and the two beside it: a convolution.
 */
export function tfNearby(
  e: GraphEmitter,
  name: string,
  { shape, dtype }: TfValue,
  radius: number,
  value: number,
  offset?: number,
): string {
  const channels = shape[3] as number
  const inBlocks = channels >= MANY && channels % BLOCK === 0 && radius <= BLOCK
  const block = inBlocks ? BLOCK : channels
  const filter = e.once(`band ${channels} ${radius} ${value}`, () => {
    const [size, values] = inBlocks ? [3, besideOf(BLOCK, radius, value)] : [1, bandOf(channels, radius, value)]
    return e.constant('float32', [1, size, block, block], values)
  })
  const [batch, height, width] = shape as [number, number, number]
  const image = inBlocks ? e.reshape({ name, dtype }, [batch, height * width, channels / block, block]) : name
  const near = e.typed('Conv2D', dtype, [image, filter], {
    strides: { ints: [1, 1, 1, 1] },
    padding: { string: 'SAME' },
  })
  const sum =
    offset === undefined
      ? near
      : e.typed('BiasAdd', dtype, [near, e.floats([block], Array<number>(block).fill(offset))])
  return inBlocks ? e.reshape({ name: sum, dtype }, shape) : sum
}

/** Filter [1, 3, in, out] of a block: `value` where a channel of the block before, itself or the next lies within the radius. */
function besideOf(block: number, radius: number, value: number): Float32Array {
  const band = bandOf(3 * block, radius, value)
  const rows = Array.from({ length: 3 * block }, (_, row) =>
    band.subarray(3 * block * row + block, 3 * block * row + 2 * block),
  )
  return Float32Array.from(rows.flatMap((row) => [...row]))
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
