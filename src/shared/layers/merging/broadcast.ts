import type { Tensor, Tf } from '../define.js'
import { first } from '../geometry.js'
import { shapeText, type Misfit, type Shape } from '../shapes.js'

/**
 * The shape that inputs spread to, where a side of length 1 is repeated and a vector [channels] counts as an image
 * [1, 1, channels] beside images; or which input cannot be spread.
 */
export function broadcastShape(title: string, inputs: readonly Shape[]): Shape | Misfit {
  const rank = Math.max(...inputs.map((x) => x.length))
  const images = inputs.map((x) => asImage(x, rank))
  const target = images.reduce((wide, x) => wide.map((size, side) => (size === 1 ? (x[side] ?? null) : size)))
  const at = images.findIndex((x) => x.some((size, side) => size !== 1 && size !== target[side]))
  if (at < 0) return target
  return {
    code: 'shape/mismatch',
    message: `Input ${at + 1} is ${shapeText(inputs[at] as Shape)}, which does not spread to ${shapeText(target)}.`,
    hint: `${title} needs equal shapes, or 1 in place of a height, width or channels; a vector needs one value per channel.`,
    input: at,
  }
}

/** Tensors of the batch, vectors made images [batch, 1, 1, channels] where one of them is an image. */
export function besideImages(tf: Tf, inputs: readonly Tensor[]): readonly Tensor[] {
  const rank = Math.max(...inputs.map((x) => x.rank))
  return inputs.map((x) => (x.rank === rank ? x : tf.reshape(x, [x.shape[0] as number, 1, 1, x.shape[1] as number])))
}

function asImage(x: Shape, rank: number): Shape {
  return x.length === rank ? x : [1, 1, ...x]
}

/** Inputs of unequal shapes that a broadcasting merge is tried with. */
export const BROADCAST_EXAMPLES = [
  [[5, 4, 3], [3]],
  [
    [5, 4, 3],
    [1, 1, 3],
  ],
  [
    [4, 3, 1],
    [4, 3, 2],
  ],
  [[2], [null, null, 2]],
] as const

/** The first of several inputs combined with each of the others in turn. */
export function folded(inputs: readonly Tensor[], combine: (a: Tensor, b: Tensor) => Tensor): Tensor {
  return inputs.slice(1).reduce(combine, first(inputs))
}
