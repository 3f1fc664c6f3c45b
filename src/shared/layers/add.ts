import { defineLayer } from './define.js'
import { first } from './geometry.js'
import { shapeText } from './shapes.js'

/** Element-wise sum of inputs of one shape; no weights. */
export const add = defineLayer({
  type: 'add',
  title: 'Add',
  family: 'merge',
  doc: 'Sums its inputs value by value, as the skip wire of a residual net does.',
  inputs: 'many',
  params: {},
  infer: (_p, inputs) => {
    const one = first(inputs)
    const at = inputs.findIndex((x) => x.length !== one.length || x.some((size, side) => size !== one[side]))
    const other = inputs[at]
    if (other === undefined) return one
    return {
      code: 'shape/mismatch',
      message: `Input ${at + 1} is ${shapeText(other)}, but input 1 is ${shapeText(one)}.`,
      hint: 'Add needs equal shapes; match the strides, and the channels by a 1x1 convolution on one branch.',
      input: at,
    }
  },
  apply: ({ tf }, _p, inputs) => inputs.slice(1).reduce((sum, x) => tf.add(sum, x), first(inputs)),
  keras: () => ['Add', {}],
  pytorch: () => ['torch.add'],
  examples: [
    {
      inputs: [
        [5, 4, 3],
        [5, 4, 3],
      ],
    },
    {
      inputs: [
        [3, 7, 2],
        [3, 7, 2],
        [3, 7, 2],
      ],
    },
    { inputs: [[6], [6]] },
    {
      inputs: [
        [null, null, 2],
        [null, null, 2],
      ],
    },
  ],
})
