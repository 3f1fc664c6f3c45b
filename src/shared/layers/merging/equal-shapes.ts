import { first } from '../geometry.js'
import { shapeText, type Misfit, type Shape } from '../shapes.js'

/** The one shape that all inputs of an element-wise merge have, or which of them differs. */
export function equalShapes(title: string, inputs: readonly Shape[]): Shape | Misfit {
  const one = first(inputs)
  const at = inputs.findIndex((x) => x.length !== one.length || x.some((size, side) => size !== one[side]))
  const other = inputs[at]
  if (other === undefined) return one
  return {
    code: 'shape/mismatch',
    message: `Input ${at + 1} is ${shapeText(other)}, but input 1 is ${shapeText(one)}.`,
    hint: `${title} needs equal shapes; match the strides, and the channels by a 1x1 convolution on one branch.`,
    input: at,
  }
}

/** Inputs that an element-wise merge is tried with. */
export const EQUAL_EXAMPLES = [
  [
    [5, 4, 3],
    [5, 4, 3],
  ],
  [[6], [6]],
  [
    [null, null, 2],
    [null, null, 2],
  ],
] as const

/** Two inputs, and three, that an element-wise merge of as many as there are is tried with. */
export const FOLDED_EXAMPLES = [
  ...EQUAL_EXAMPLES,
  [
    [3, 7, 2],
    [3, 7, 2],
    [3, 7, 2],
  ],
].map((inputs) => ({ inputs }))
